import type { CandidateRecord } from '#domain/import/candidate-record.ts'
import { hashOf, sha256 } from '#functions/lib/hash.ts'

/** The same person from the same source is the same document, however often it is sent. */
export const idOfExternal = (source: string, externalId: string): string =>
  `cand_${sha256(`${source}\n${externalId}`).slice(0, 20)}`

/** Without an id of the source, a record is known by its whole content: two rows that differ anywhere are two people. */
export const idOfImported = (
  source: string,
  record: CandidateRecord,
  raw: Readonly<Record<string, unknown>>,
): string =>
  record.externalId === null
    ? `cand_${sha256(`${source}\n\n${hashOf(raw)}`).slice(0, 20)}`
    : idOfExternal(source, record.externalId)
