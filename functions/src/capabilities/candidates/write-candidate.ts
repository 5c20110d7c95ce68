import type { Candidate, ConsentPurpose, Contact, ContactDetails } from '#domain/candidate.ts'
import type { CandidateRecord } from '#domain/import/candidate-record.ts'
import type { ConsentGiven } from '#domain/import/consents.ts'
import { hashOf, sha256 } from '#functions/lib/hash.ts'
import type { Transaction } from '#functions/ports/store.ts'

/** What is stored of one person; undefined = not yet. */
export interface Known {
  candidate: Candidate | undefined
  contact: Contact | undefined
}

export interface Writing {
  id: string
  ref: string
  source: string
  record: CandidateRecord
  action: 'candidate.created' | 'candidate.imported' | 'candidate.changed'
  /** True for a person's edit: the source's next record is still compared with the one before it. */
  edit: boolean
}

/** Over what makes the profile and the consents: never over the contact, because it stands in a document that all members read. */
export const profileHash = ({ externalId, profile, consents }: CandidateRecord): string =>
  hashOf({ externalId, profile, consents })
export const contactHash = (contact: CandidateRecord['contact']): string => (contact ? hashOf(contact) : '')

const NO_CONTACT: ContactDetails = { name: null, email: null, phone: null }

const EMPTY_PROFILE = {
  place: null,
  yearsExperience: null,
  educationLevel: null,
  primarySkill: null,
  skills: [],
  desiredSalary: null,
  desiredPosition: null,
  languages: [],
  availability: null,
}

/**
 * Candidate with audit entry, contact and proofs of consent, in the caller's transaction. Fields that the record does not speak of stay
 * as they are.
 */
export function writeCandidate(
  tx: Transaction,
  { candidate, contact }: Known,
  { id, ref, source, record, action, edit }: Writing,
): { candidate: Candidate; contact: Contact | undefined } {
  const next = {
    ...(candidate ?? { ...EMPTY_PROFILE, membership: null, segment: null, consents: [], externalId: null }),
    ...record.profile,
    ...(record.externalId !== null && { externalId: record.externalId }),
    id,
    ref: candidate?.ref ?? ref,
    source: candidate?.source ?? source,
    consents: consentsAfter(candidate?.consents ?? [], record.consents),
    recordHash: edit ? (candidate?.recordHash ?? '') : profileHash(record),
  }
  const why = record.contact ? { why: 'with contact details' } : {}
  const written = tx.record('candidates', next, candidate, { action, ...why })
  for (const consent of record.consents) putConsent(tx, id, source, consent)
  if (!record.contact) return { candidate: written, contact }
  const kept = edit ? (contact?.recordHash ?? '') : contactHash(record.contact)
  return { candidate: written, contact: putContact(tx, { ...NO_CONTACT, ...contact, ...record.contact, id }, kept) }
}

function putContact(tx: Transaction, details: ContactDetails & { id: string }, recordHash: string): Contact {
  const document = { ...details, updatedAt: tx.now, recordHash }
  tx.put('contacts', document)
  return { ...document, schemaVersion: 1 }
}

/** The newest word on each purpose counts. */
function consentsAfter(before: readonly ConsentPurpose[], given: readonly ConsentGiven[]): ConsentPurpose[] {
  const agreed = new Set(before)
  for (const { purpose, granted } of given) {
    if (granted) agreed.add(purpose)
    else agreed.delete(purpose)
  }
  return [...agreed].sort()
}

/** Kept for good, withdrawn or not: it is the proof. Told again it is the same document. */
function putConsent(tx: Transaction, candidateId: string, source: string, { at, ...consent }: ConsentGiven): void {
  const proof = { candidateId, ...consent, source, at: at ?? tx.now }
  tx.put('consents', { id: `cns_${sha256(JSON.stringify(proof)).slice(0, 20)}`, ...proof })
}
