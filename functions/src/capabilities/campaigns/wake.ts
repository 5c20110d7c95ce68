import type { Channel } from '#domain/channel.ts'
import type { Ports } from '#functions/ports/index.ts'

type Drive = Pick<Channel, 'campaignId' | 'platform' | 'epoch' | 'correlationId' | 'desired'>

/** Asks for a drive of a channel; the epoch makes the task's name, so that the same drive asked twice is one task. */
export const wake = ({ tasks }: Pick<Ports, 'tasks'>, org: string, channel: Drive, runAt?: string): Promise<void> =>
  tasks.enqueue({
    // A pause overtakes whatever waits to be published.
    queue: channel.desired === 'paused' ? `urgent-${channel.platform}` : `publish-${channel.platform}`,
    name: `drive:${channel.campaignId}:${channel.platform}:${channel.epoch}`,
    org,
    payload: { campaignId: channel.campaignId, platform: channel.platform, epoch: channel.epoch },
    ...(runAt && { runAt }),
    correlationId: channel.correlationId,
  })
