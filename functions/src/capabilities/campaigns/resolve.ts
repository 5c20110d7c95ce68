import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { channelId } from '#domain/channel.ts'
import type { Document } from '#domain/documents.ts'
import { notFound } from '#domain/errors.ts'
import { Id, isRef } from '#domain/ids.ts'
import type { Store, Transaction } from '#functions/ports/store.ts'

type Referred = 'jobs' | 'campaigns'
const SINGULAR = { jobs: 'job', campaigns: 'campaign' } as const

/** By id or ref; throws `not_found`. */
export async function resolve<K extends Referred>(
  store: Store,
  org: string,
  kind: K,
  idOrRef: string,
): Promise<Document<K>> {
  const found = isRef(kind, idOrRef)
    ? (await store.list(org, kind, { where: { ref: idOrRef } as never, limit: 1 })).items[0]
    : Id.safeParse(idOrRef).success
      ? await store.get(org, kind, idOrRef)
      : undefined
  if (!found) throw notFound(SINGULAR[kind], idOrRef)
  return found
}

export async function channelsOf(source: Pick<Store, 'getAll'>, org: string, campaign: Campaign): Promise<Channel[]> {
  const ids = campaign.platforms.map((platform) => channelId(campaign.id, platform))
  return (await source.getAll(org, 'channels', ids)).filter((c) => c !== undefined)
}

export async function channelsIn(tx: Transaction, campaign: Campaign): Promise<Channel[]> {
  const ids = campaign.platforms.map((platform) => channelId(campaign.id, platform))
  return (await tx.getAll('channels', ids)).filter((c) => c !== undefined)
}
