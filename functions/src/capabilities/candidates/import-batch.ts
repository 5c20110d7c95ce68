import { DomainError } from '#domain/errors.ts'
import type { CandidateRecord } from '#domain/import/candidate-record.ts'
import type { Cause, Store, Transaction } from '#functions/ports/store.ts'
import { contactHash, type Known, profileHash, writeCandidate } from './write-candidate.ts'

export interface ImportItem {
  /** Of the record in its file. */
  index: number
  id: string
  record: CandidateRecord
}

export type Outcome = 'created' | 'updated' | 'unchanged'

export interface Taken {
  index: number
  id: string
  ref: string
  outcome: Outcome
}

/**
 * Takes the records of up to a few hundred people in one transaction with one event; where nothing changed, it only reads. All records
 * of one person are in one batch, in the order of the file.
 */
export async function importBatch(
  store: Store,
  org: string,
  cause: Cause,
  source: string,
  items: readonly ImportItem[],
): Promise<Taken[]> {
  const ids = [...new Set(items.map(({ id }) => id))]
  const told = [...new Set(items.filter(({ record }) => record.contact).map(({ id }) => id))]
  const seen = await readKnown((kind, some) => store.getAll(org, kind, some), ids, told)
  if (items.every(({ id, record }) => isUnchanged(seen.get(id), record)))
    return items.map(({ index, id }) => ({ index, id, ref: seen.get(id)?.candidate?.ref ?? '', outcome: 'unchanged' }))

  const missing = ids.filter((id) => !seen.get(id)?.candidate).length
  const refs = missing > 0 ? await store.reserveRefs(org, 'candidates', missing) : []
  return store.transact(org, cause, async (tx) => {
    const known = await readKnown((kind, some) => tx.getAll(kind, some), ids, told)
    const spare = [...refs]
    const changed = new Set<string>()
    const taken = items.map(({ index, id, record }): Taken => {
      const before = known.get(id) ?? NOBODY
      if (before.candidate && isUnchanged(before, record))
        return { index, id, ref: before.candidate.ref, outcome: 'unchanged' }
      const ref = before.candidate?.ref ?? spare.shift()
      if (ref === undefined)
        throw new DomainError('conflict', 'The candidates changed meanwhile', { remedy: 'Send the file again.' })
      const after = writeCandidate(tx, before, { id, ref, source, record, action: 'candidate.imported', edit: false })
      known.set(id, after)
      changed.add(id)
      return { index, id, ref, outcome: before.candidate ? 'updated' : 'created' }
    })
    if (changed.size > 0) tx.emit('candidates.changed', [...changed])
    return taken
  })
}

const NOBODY: Known = { candidate: undefined, contact: undefined }

type Read = Transaction['getAll']

/** A contact is read only where the file tells one: profiles alone cost one read each. */
async function readKnown(read: Read, ids: readonly string[], told: readonly string[]): Promise<Map<string, Known>> {
  const [candidates, contacts] = [await read('candidates', ids), await read('contacts', told)]
  const contactOf = new Map(told.map((id, i) => [id, contacts[i]]))
  return new Map(ids.map((id, i) => [id, { candidate: candidates[i], contact: contactOf.get(id) }]))
}

const isUnchanged = (known: Known | undefined, record: CandidateRecord): boolean =>
  known?.candidate?.recordHash === profileHash(record) &&
  (record.contact === null || known.contact?.recordHash === contactHash(record.contact))
