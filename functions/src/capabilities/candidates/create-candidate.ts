import type { Candidate } from '#domain/candidate.ts'
import { DomainError } from '#domain/errors.ts'
import { type CandidateInput, recordOf } from '#domain/import/candidate-input.ts'
import { newId } from '#functions/lib/new-id.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { idOfExternal } from './candidate-id.ts'
import { writeCandidate } from './write-candidate.ts'

const SOURCE = 'manual'

/** One candidate that a person or an integrator writes down, once per request key. Throws `conflict` where the source has one of that external id. */
export async function createCandidate(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  input: CandidateInput,
): Promise<Candidate> {
  const source = input.source ?? SOURCE
  const record = recordOf(input)
  const id = input.externalId ? idOfExternal(source, input.externalId) : newId('cand', cause)
  const [ref = ''] = await store.reserveRefs(org, 'candidates', 1)
  return store.transact(org, cause, async (tx) => {
    const known = await tx.get('candidates', id)
    if (known && !input.externalId) return known
    if (known)
      throw new DomainError('conflict', `There is a candidate with the externalId ${input.externalId}: ${known.ref}`, {
        remedy: 'Change that one with PATCH, or leave externalId out.',
      })
    const nothing = { candidate: undefined, contact: undefined }
    const writing = { id, ref, source, record, action: 'candidate.created', edit: false } as const
    const { candidate } = writeCandidate(tx, nothing, writing)
    tx.emit('candidates.changed', [id])
    return candidate
  })
}
