import type { Campaign } from '#domain/campaign.ts'
import { termsOf } from '#domain/campaign-status.ts'
import type { Channel } from '#domain/channel.ts'
import { accountKey, type Connection } from '#domain/connection.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Image } from '#domain/machinery.ts'
import { type Money, sumMoney } from '#domain/money.ts'
import { madeOf } from '#domain/next-move.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import { changesOf, type PlannedChange } from '#domain/plan-changes.ts'
import { PlatformFailure, toldOf } from '#domain/platform-failure.ts'
import { sharesOf } from '#domain/split.ts'
import { hashOf } from '#functions/lib/hash.ts'
import type { Ports } from '#functions/ports/index.ts'
import { channelsIn } from './channels.ts'

type Needs = Pick<Ports, 'store' | 'platforms' | 'links'>

export interface PlannedChannel {
  platform: PlatformKey
  connection: Connection
  plan: ChannelPlan
  changes: PlannedChange[]
}

export interface PlannedCampaign {
  /** The campaign with what is pending. */
  campaign: Campaign
  /** Of what is wanted and what is there: another hash = something has changed since one looked. */
  hash: string
  channels: PlannedChannel[]
  mostItCanCost: Money
  mostOnOneDay: Money
}

/**
 * What publishing would create, change and remove, per platform, against what the platforms hold now; touches nothing. Throws what a
 * platform's rules refuse as `unprocessable`.
 */
export async function planCampaign(ports: Needs, org: string, seen: Campaign): Promise<PlannedCampaign> {
  const { store, platforms, links } = ports
  const campaign = { ...seen, ...termsOf(seen) }
  const [job, segments, connections, journals, image] = await Promise.all([
    store.get(org, 'jobs', campaign.jobId),
    store.getAll(org, 'segments', campaign.segments),
    store.getAll(org, 'connections', campaign.platforms),
    store.look(org, (at) => channelsIn(at, campaign)),
    campaign.creative.image === null ? undefined : store.get(org, 'images', campaign.creative.image),
  ])
  if (!job) throw notFound('job', campaign.jobId)
  const shares = sharesOf(campaign.dailyBudget, campaign.platforms, campaign.split)

  const planned = await Promise.all(
    campaign.platforms.map(async (platform, i) => {
      const connection = connections[i]
      if (!connection)
        throw new DomainError('unprocessable', `No ad account of ${platform} is connected`, {
          remedy: 'Connect one in Settings.',
        })
      const clickUrl = await links.click(org, { campaignId: campaign.id, platform, jobId: job.id })
      const journal = usable(journals.find((channel) => channel.platform === platform))
      const made = journal ? madeOf(journal.steps) : {}
      const open = await platforms.open(org, connection)
      const dailyBudget = shares.get(platform) ?? campaign.dailyBudget
      const brief = {
        ...{ org, campaign, job, clickUrl, dailyBudget, timeZone: connection.timeZone },
        image: campaign.creative.image === null ? null : imageAt(connection, image),
      }
      try {
        const plan = await open.plan({ ...brief, segments: segments.filter((s) => s !== undefined) })
        const observed = made.campaign ? (await open.state(made)).confirmed : null
        return { platform, connection, plan, changes: changesOf(plan, journal), observed }
      } catch (error) {
        throw error instanceof PlatformFailure ? toldOf(platform, error) : error
      }
    }),
  )
  return {
    campaign,
    hash: hashOf([
      termsOf(seen),
      planned.map(({ platform, connection, plan, observed }) => [
        platform,
        connection.accountId,
        plan.steps.map(({ key, digest }) => [key, digest]),
        journals
          .find((c) => c.platform === platform)
          ?.steps.map(({ key, applied, externalId }) => [key, applied, externalId]) ?? [],
        observed,
      ]),
    ]),
    channels: planned,
    mostItCanCost: sumMoney(planned.map(({ plan }) => plan.mostItCanCost)),
    mostOnOneDay: sumMoney(planned.map(({ plan }) => plan.mostOnOneDay)),
  }
}

/** What was removed over there is made anew: its journal says nothing about the new one. */
export const usable = (journal: Channel | undefined): Channel | undefined =>
  journal?.confirmed === 'gone' ? undefined : journal

/** The account's own id of the image; null = its ads show none. Throws `unprocessable` for an account that was connected after the upload. */
function imageAt(connection: Connection, image: Image | undefined): string | null {
  const id = image?.kept[accountKey(connection)]
  if (id !== undefined) return id
  const { platform, accountName, accountId } = connection
  throw new DomainError('unprocessable', `${platform} cannot show the campaign's image`, {
    remedy: `Upload the image again: ${platform} ${accountName || accountId} does not have it.`,
  })
}
