import { DomainError, notFound } from '#domain/errors.ts'
import type { FEED_FORMATS, Feed } from '#domain/feed.ts'
import { Id } from '#domain/ids.ts'
import type { Store } from '#functions/ports/store.ts'

/** A feed by its id or its exact name; undefined where there is none. */
export async function feedNamed(store: Store, org: string, name: string): Promise<Feed | undefined> {
  const byId = Id.safeParse(name).success ? await store.get(org, 'feeds', name) : undefined
  if (byId) return byId
  const { items } = await store.list(org, 'feeds', { where: { name }, limit: 2 })
  if (items.length > 1)
    throw new DomainError('conflict', `Two feeds are called ${name}`, { remedy: 'Name the feed by its id.' })
  return items[0]
}

/** Throws `not_found`. */
export async function feedOf(store: Store, org: string, name: string): Promise<Feed> {
  const feed = await feedNamed(store, org, name)
  if (!feed) throw notFound('feed', name)
  return feed
}

export interface Source {
  id: string
  /** The format that the source is known to send; undefined = recognised from the document. */
  format: (typeof FEED_FORMATS)[number] | undefined
}

/** Where a push belongs: `push` unless a feed is named. Throws `not_found`. */
export async function resolveSource(
  { store }: { store: Store },
  org: string,
  name: string | undefined,
): Promise<Source> {
  if (!name || name === 'push') return { id: 'push', format: undefined }
  const feed = await feedNamed(store, org, name)
  if (!feed)
    throw new DomainError('not_found', `No feed ${name}`, {
      remedy: 'Add it with POST /v1/feeds, or leave source out to push without a feed.',
    })
  return { id: feed.id, format: feed.format }
}
