import type { Candidate } from '#domain/candidate.ts'
import { notFound } from '#domain/errors.ts'
import { Id, isRef } from '#domain/ids.ts'
import type { Page, Store } from '#functions/ports/store.ts'

/** A candidate by id or ref. Throws `not_found`. */
export async function findCandidate({ store }: { store: Store }, org: string, name: string): Promise<Candidate> {
  const found = isRef('candidates', name)
    ? (await store.list(org, 'candidates', { where: { ref: name }, limit: 1 })).items[0]
    : Id.safeParse(name).success
      ? await store.get(org, 'candidates', name)
      : undefined
  if (!found) throw notFound('candidate', name)
  return found
}

/** Newest first; all of them, or those of one segment. */
export function listCandidates(
  { store }: { store: Store },
  org: string,
  segment: string | undefined,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Candidate>> {
  return store.list(org, 'candidates', {
    ...(segment && { where: { segment } }),
    orderBy: ['createdAt', 'desc'],
    limit: page.limit,
    ...(page.cursor && { cursor: page.cursor }),
  })
}
