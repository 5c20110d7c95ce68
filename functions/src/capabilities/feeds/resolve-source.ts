import { DomainError, notFound } from '#domain/errors.ts'
import type { Feed, FeedFormat } from '#domain/feed.ts'
import { Id } from '#domain/ids.ts'
import type { Page, Store } from '#functions/ports/store.ts'

/** Sources that are no feed. */
export const RESERVED_NAMES: readonly string[] = ['push', 'manual']

/** A feed by its id or its exact name; undefined where there is none, or none any more. */
export async function feedNamed(store: Store, org: string, name: string): Promise<Feed | undefined> {
  const byId = Id.safeParse(name).success ? await store.get(org, 'feeds', name) : undefined
  if (byId?.active) return byId
  const { items } = await store.list(org, 'feeds', { where: { name, active: true }, limit: 1 })
  return items[0]
}

/** Throws `not_found`. */
export async function feedOf(store: Store, org: string, name: string): Promise<Feed> {
  const feed = await feedNamed(store, org, name)
  if (!feed) throw notFound('feed', name)
  return feed
}

/** An organisation has few: a page is sorted by name here, which spares an index. */
export async function listFeeds(
  { store }: { store: Store },
  org: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Feed>> {
  const { items, next } = await store.list(org, 'feeds', {
    where: { active: true },
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
  return { items: items.sort((a, b) => a.name.localeCompare(b.name)), next }
}

export interface Source {
  id: string
  /** The format that the source is known to send; undefined = recognised from the document. */
  format: FeedFormat | undefined
}

/** Where a push belongs: `push` unless a feed is named. Throws `not_found`. */
export async function resolveSource(store: Store, org: string, name: string | undefined): Promise<Source> {
  if (!name || name === 'push') return { id: 'push', format: undefined }
  const feed = await feedNamed(store, org, name)
  if (feed) return { id: feed.id, format: feed.format }
  throw new DomainError('not_found', `No feed ${name}`, {
    remedy: 'Add it with POST /v1/feeds, or leave source out to push without a feed.',
  })
}
