import type { AmzCampaign } from '#domain/amz-campaign.ts'
import type { Ports } from '#functions/ports/index.ts'

/** Asks for one look at a campaign; the epoch makes the task's name, so that the same look asked twice is one task. */
export const wakeAmz = ({ tasks }: Pick<Ports, 'tasks'>, org: string, campaign: AmzCampaign): Promise<void> =>
  tasks.enqueue({
    queue: 'publish-amazon-ads',
    name: `amz:${campaign.id}:${campaign.epoch}`,
    org,
    payload: { amzCampaignId: campaign.id, epoch: campaign.epoch },
    correlationId: campaign.correlationId,
  })

const REFRESH_MS = 60_000
/** When the sweep is to look again. */
export const nextLook = (now: string, ms = REFRESH_MS): string => new Date(Date.parse(now) + ms).toISOString()
