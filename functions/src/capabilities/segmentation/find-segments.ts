import { notFound } from '#domain/errors.ts'
import { Id } from '#domain/ids.ts'
import type { Model, Segment } from '#domain/segment.ts'
import type { Page, Store } from '#functions/ports/store.ts'

interface PageOf {
  limit: number
  cursor?: string | undefined
}

/** Segments of the current model; with `all`, those that a training ended as well. */
export function listSegments(
  { store }: { store: Store },
  org: string,
  all: boolean,
  page: PageOf,
): Promise<Page<Segment>> {
  return store.list(org, 'segments', {
    ...(!all && { where: { active: true } }),
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
}

/** A segment by id, or an active one by its name in either language. Throws `not_found`. */
export async function findSegment({ store }: { store: Store }, org: string, name: string): Promise<Segment> {
  const found = Id.safeParse(name).success ? await store.get(org, 'segments', name) : undefined
  if (found) return found
  const { items } = await store.list(org, 'segments', { where: { active: true }, limit: 500 })
  const wanted = name.toLowerCase()
  const named = items.find((segment) => Object.values(segment.name).some((text) => text.toLowerCase() === wanted))
  if (!named) throw notFound('segment', name)
  return named
}

/** Newest first. */
export function listModels({ store }: { store: Store }, org: string, page: PageOf): Promise<Page<Model>> {
  return store.list(org, 'models', {
    orderBy: ['trainedAt', 'desc'],
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
}
