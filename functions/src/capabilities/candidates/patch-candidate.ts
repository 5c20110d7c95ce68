import type { Candidate } from '#domain/candidate.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import { type CandidatePatch, recordOf } from '#domain/import/candidate-input.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { writeCandidate } from './write-candidate.ts'

/**
 * Changes the fields that are given; a source's unchanged record does not undo it. `version` is the one that the person saw. Throws
 * `not_found`, `conflict`.
 */
export async function patchCandidate(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
  patch: CandidatePatch,
  version?: number,
): Promise<Candidate> {
  const { id } = await store.find(org, 'candidates', name)
  const record = recordOf(patch)
  return store.transact(org, cause, async (tx) => {
    const [candidate, contact] = [await tx.get('candidates', id), await tx.get('contacts', id)]
    if (!candidate) throw notFound('candidate', name)
    if (version !== undefined && version !== candidate.version)
      throw new DomainError('conflict', `${candidate.ref} is at version ${candidate.version}, not ${version}`, {
        remedy: 'Read it again.',
      })
    const { ref, source } = candidate
    const writing = { id, ref, source, record, action: 'candidate.changed', edit: true } as const
    const after = writeCandidate(tx, { candidate, contact }, writing)
    tx.emit('candidates.changed', [id])
    return after.candidate
  })
}
