import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { channelId } from '#domain/channel.ts'
import type { Store, Transaction } from '#functions/ports/store.ts'

export async function channelsOf(source: Pick<Store, 'getAll'>, org: string, campaign: Campaign): Promise<Channel[]> {
  const ids = campaign.platforms.map((platform) => channelId(campaign.id, platform))
  return (await source.getAll(org, 'channels', ids)).filter((c) => c !== undefined)
}

export async function channelsIn(tx: Transaction, campaign: Campaign): Promise<Channel[]> {
  const ids = campaign.platforms.map((platform) => channelId(campaign.id, platform))
  return (await tx.getAll('channels', ids)).filter((c) => c !== undefined)
}
