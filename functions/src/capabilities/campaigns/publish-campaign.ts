import type { Campaign } from '#domain/campaign.ts'
import { assertMove, termsOf } from '#domain/campaign-status.ts'
import type { Channel } from '#domain/channel.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import { adDay, addDays } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { assertJobOpen } from './assert-job-open.ts'
import { channelsIn } from './channels.ts'
import { assertRunning } from './gate.ts'
import { intend } from './intend.ts'
import { type PlannedChannel, planCampaign } from './plan-campaign.ts'
import { CROWDED_LEDGER, reserve } from './reservation.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'platforms' | 'links' | 'tasks' | 'clock'>

/**
 * Writes the intent (one channel per platform, with its plan) and asks for the first drive of each; the platforms are called later. A
 * channel that is as planned already is left alone. `plan` = the hash that the person saw: `conflict` if something has changed since.
 */
export async function publishCampaign(
  ports: Needs,
  org: string,
  cause: Cause,
  idOrRef: string,
  plan?: string,
): Promise<{ campaign: Campaign; channels: Channel[] }> {
  const seen = await ports.store.find(org, 'campaigns', idOrRef)
  assertPublishable(seen)
  const planned = await planCampaign(ports, org, seen)
  if (plan !== undefined && plan !== planned.hash)
    throw new DomainError('conflict', `The plan of ${seen.ref} is out of date`, {
      remedy: 'Look at the new plan, then publish that one.',
    })
  assertDates(planned.campaign, planned.channels, ports.clock.now())

  const commit = async (tx: Transaction) => {
    const stored = await tx.get('campaigns', seen.id)
    if (!stored) throw notFound('campaign', seen.id)
    assertPublishable(stored)
    if (JSON.stringify(stored.pending) !== JSON.stringify(seen.pending))
      throw new DomainError('conflict', `${stored.ref} was edited meanwhile`, { remedy: 'Read it again and retry.' })
    assertJobOpen(await tx.get('jobs', stored.jobId), stored)
    await assertRunning(tx)
    const before = await channelsIn(tx, stored)
    const campaign = stored.pending
      ? tx.record('campaigns', { ...stored, ...termsOf(stored), pending: null }, stored, { action: 'campaign.amended' })
      : stored
    const channels = planned.channels.map((p) => {
      const journal = before.find((c) => c.platform === p.platform)
      return { journal, channel: intend(tx, campaign, p, journal, cause) }
    })
    const after = channels.map(({ channel }) => channel)
    await reserve(tx, campaign.ref, after)
    return { campaign: settle(tx, campaign, after), channels }
  }
  const result = await ports.store.transact(org, cause, commit, CROWDED_LEDGER)
  for (const { channel, journal } of result.channels)
    if (channel.epoch !== journal?.epoch) await wake(ports, org, channel)
  return { campaign: result.campaign, channels: result.channels.map(({ channel }) => channel) }
}

const assertPublishable = ({ pending, status, ref }: Campaign): void =>
  assertMove(pending ? 'amend' : 'publish', status, ref)

function assertDates(campaign: Campaign, planned: PlannedChannel[], now: Date): void {
  for (const { connection } of planned) {
    const today = adDay(now, connection.timeZone)
    if (campaign.endsOn < today)
      throw new DomainError('unprocessable', `${campaign.ref} would have ended on ${campaign.endsOn}`, {
        remedy: `Make a campaign that ends on ${addDays(today, 1)} or later.`,
      })
  }
}
