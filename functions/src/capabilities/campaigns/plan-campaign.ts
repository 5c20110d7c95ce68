import type { Campaign } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { Ports } from '#functions/ports/index.ts'

type Needs = Pick<Ports, 'store' | 'platforms' | 'links'>

export interface PlannedChannel {
  platform: PlatformKey
  connection: Connection
  plan: ChannelPlan
}

/** What publishing would create, per platform; touches nothing. Throws what the platform's rules refuse as `unprocessable`. */
export async function planCampaign(ports: Needs, org: string, campaign: Campaign): Promise<PlannedChannel[]> {
  const { store, platforms, links } = ports
  const [job, segments, connections] = await Promise.all([
    store.get(org, 'jobs', campaign.jobId),
    store.getAll(org, 'segments', campaign.segments),
    store.getAll(org, 'connections', campaign.platforms),
  ])
  if (!job) throw notFound('job', campaign.jobId)

  return Promise.all(
    campaign.platforms.map(async (platform, i) => {
      const connection = connections[i]
      if (!connection)
        throw new DomainError('unprocessable', `No ad account of ${platform} is connected`, {
          remedy: 'Connect one in Settings.',
        })
      const clickUrl = await links.click(org, { campaignId: campaign.id, platform, jobId: job.id })
      const open = await platforms.open(org, connection)
      const plan = await open
        .plan({
          org,
          campaign,
          job,
          segments: segments.filter((s) => s !== undefined),
          dailyBudget: campaign.dailyBudget,
          clickUrl,
          timeZone: connection.timeZone,
        })
        .catch((error) => {
          throw error instanceof PlatformFailure ? refusal(platform, error) : error
        })
      return { platform, connection, plan }
    }),
  )
}

function refusal(platform: string, failure: PlatformFailure): DomainError {
  const message = failure.details.userMessage ?? failure.message
  if (failure.kind === 'refusal') return new DomainError('unprocessable', `${platform}: ${message}`)
  if (failure.kind === 'auth')
    return new DomainError('unprocessable', `${platform} does not accept the connection's token: ${message}`, {
      remedy: 'Reconnect the ad account in Settings.',
    })
  return new DomainError('unavailable', `${platform} does not answer as it should: ${message}`, {
    remedy: 'Try again in a minute.',
    retryAfterSeconds: failure.details.retryAfterSeconds ?? 60,
  })
}
