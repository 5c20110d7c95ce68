import type { Candidate } from '#domain/candidate.ts'
import type { Store } from '#functions/ports/store.ts'

const PAGE = 500

/** Every candidate of an organisation in the order of their ids, so that the same candidates always make the same rows. */
export async function readCandidates(store: Store, org: string): Promise<Candidate[]> {
  const all: Candidate[] = []
  let cursor: string | undefined
  do {
    const page = await store.list(org, 'candidates', { limit: PAGE, ...(cursor && { cursor }) })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}
