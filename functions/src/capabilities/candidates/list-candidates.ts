import type { Candidate } from '#domain/candidate.ts'
import type { Page, Store } from '#functions/ports/store.ts'

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
