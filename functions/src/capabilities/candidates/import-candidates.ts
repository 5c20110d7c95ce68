import type { Problem } from '#domain/errors.ts'
import { mapCandidate } from '#domain/import/candidate-record.ts'
import { type Columns, columnsOf, type Mapping } from '#domain/import/columns.ts'
import type { FileRecord } from '#domain/import/file-record.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { idOfImported } from './candidate-id.ts'
import { type ImportItem, importBatch, type Taken } from './import-batch.ts'

const DEFAULT_SOURCE = 'import'
const BATCH_PEOPLE = 200
/** RELIABILITY.md 0.2: a batch near 12 MiB hangs; audit entries repeat what is written. */
const BATCH_BYTES = 2 * 1024 * 1024
const LISTED = 100

export interface ImportProblem extends Problem {
  /** Of the record, from 0. */
  index: number
}

/** `received` = created + updated + unchanged + rejected. */
export interface CandidateImport {
  received: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  problems: ImportProblem[]
  /** What each column was taken for, and which were passed over. */
  columns: { taken: { name: string; field: string }[]; ignored: string[] }
  /** The first of those that were taken. */
  candidates: { id: string; ref: string; outcome: Taken['outcome'] }[]
}

/**
 * Takes a file of candidates. Idempotent: a person is known by the source's id, else by the whole record, and what is as it was is not
 * written. A record that is not understood is rejected alone. Writes in batches of one transaction and one event each; after a crash,
 * sending the file again ends the work. Throws `invalid` for a mapping that does not fit the file.
 */
export async function importCandidates(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  file: readonly FileRecord[],
  { mapping = {}, source = DEFAULT_SOURCE }: { mapping?: Mapping | undefined; source?: string | undefined } = {},
): Promise<CandidateImport> {
  const { currency } = await store.organisation(org)
  const columns = columnsOf(
    file.flatMap(({ content }) => ('fields' in content ? [content.fields] : [])),
    mapping,
  )
  const { items, problems } = readItems(file, columns, currency, source)
  const taken: Taken[] = []
  for (const batch of batchesOf(items)) taken.push(...(await importBatch(store, org, cause, source, batch)))
  const count = (outcome: Taken['outcome']): number => taken.filter((each) => each.outcome === outcome).length
  return {
    received: file.length,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: file.length - items.length,
    problems,
    columns: { taken: columns.taken.map(({ name, field }) => ({ name, field })), ignored: columns.ignored },
    candidates: taken.slice(0, LISTED).map(({ id, ref, outcome }) => ({ id, ref, outcome })),
  }
}

function readItems(
  file: readonly FileRecord[],
  columns: Columns,
  currency: string,
  source: string,
): { items: ImportItem[]; problems: ImportProblem[] } {
  const items: ImportItem[] = []
  const problems: ImportProblem[] = []
  for (const { index, at, content } of file) {
    if ('problem' in content) {
      problems.push({ index, at, message: content.problem, remedy: content.remedy })
      continue
    }
    const mapped = mapCandidate(content.fields, columns.taken, { currency })
    if ('record' in mapped)
      items.push({ index, id: idOfImported(source, mapped.record, content.fields), record: mapped.record })
    else problems.push(problemOf(index, at, mapped.problems))
  }
  return { items, problems }
}

/** One problem a record: the first with its remedy, the others named with it. */
function problemOf(index: number, at: string, [first, ...others]: readonly Problem[]): ImportProblem {
  const place = !first?.at ? at : at.startsWith('/') ? `${at}/${first.at}` : `${at}, column ${first.at}`
  return {
    index,
    at: place,
    message: [first?.message, ...others.map((other) => `${other.at}: ${other.message}`)].join('; '),
    ...(first?.remedy && { remedy: first.remedy }),
  }
}

/** All records of a person stay together, so that batches know nothing of each other. */
function batchesOf(items: readonly ImportItem[]): ImportItem[][] {
  const batches: ImportItem[][] = []
  let bytes = 0
  let people = 0
  for (const group of Map.groupBy(items, ({ id }) => id).values()) {
    const size = JSON.stringify(group).length
    const last = batches.at(-1)
    if (last && people < BATCH_PEOPLE && bytes + size <= BATCH_BYTES) {
      last.push(...group)
      bytes += size
      people += 1
    } else {
      batches.push([...group])
      bytes = size
      people = 1
    }
  }
  return batches
}
