import type { Candidate } from '#domain/candidate.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import type { Label } from './read-model.ts'

const BATCH = 400

/**
 * Puts candidates into their segments and returns how many moved. A membership is measured, not decided: it leaves no audit entry, and
 * whoever stays in a segment is not written, so that a re-training costs as many writes as people move.
 */
export async function writeMemberships(
  store: Store,
  org: string,
  cause: Cause,
  labelled: readonly { candidate: Candidate; label: Label }[],
): Promise<number> {
  const moved = labelled.filter(({ candidate, label }) => candidate.segment !== label.segment)
  for (let from = 0; from < moved.length; from += BATCH)
    await store.transact(org, cause, async (tx) => {
      for (const { candidate, label } of moved.slice(from, from + BATCH))
        tx.measure('candidates', candidate.id, { membership: label, segment: label.segment })
    })
  return moved.length
}
