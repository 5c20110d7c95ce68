import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { channelId } from '#domain/channel.ts'
import type { Snapshot } from '#functions/ports/store.ts'

export async function channelsIn(at: Pick<Snapshot, 'getAll'>, campaign: Campaign): Promise<Channel[]> {
  const ids = campaign.platforms.map((platform) => channelId(campaign.id, platform))
  return (await at.getAll('channels', ids)).filter((c) => c !== undefined)
}
