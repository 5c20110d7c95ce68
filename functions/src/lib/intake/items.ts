import { extraText } from '#domain/ingest/extra.ts'
import { mapFlat } from '#domain/ingest/flat.ts'
import { JSON_FORMATS, type JsonFormatName } from '#domain/ingest/formats.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import { type Mapped, type MappingContext, rejected, without } from '#domain/ingest/mapped.ts'
import { ForeignId, isRecord, type RawRecord } from '#domain/ingest/shapes.ts'
import { XML_FORMATS, type XmlFormatName } from '#domain/ingest/xml-feeds.ts'
import type { JobPosting } from '#domain/job.ts'
import { hashOf } from '#functions/lib/hash.ts'
import type { CsvRow } from './csv.ts'
import { cleanHtml, decodeEntities } from './html.ts'
import type { FoundRecord } from './xml.ts'

export const mappingContext = (now: string, currency: string, feedUrl?: string): MappingContext => ({
  now,
  currency,
  ...(feedUrl && { feedUrl }),
  html: cleanHtml,
  decode: decodeEntities,
})

const DOCUMENT_BYTES = 1_000_000

/** Firestore takes no document above 1 MiB. Only a giant is weighed in bytes. */
function bounded(mapped: Mapped): Mapped {
  if (mapped.kind !== 'posting' || weightOf(mapped.posting) < DOCUMENT_BYTES / 4) return mapped
  const { externalId } = mapped.posting
  const stored = { ...mapped.posting, extra: extraText(mapped.posting.extra) }
  if (Buffer.byteLength(JSON.stringify(stored)) < DOCUMENT_BYTES) return mapped
  return { ...rejected('', 'larger than the 1 MB that a job may have', 'Shorten its description.'), externalId }
}

interface Place {
  index: number
  at: string
  count?: number
}

/** The long parts as they are, the rest as much as it usually is. */
const weightOf = ({ description, extra }: JobPosting): number =>
  description.length + JSON.stringify(extra).length + 2000

/** Maps one record, and tells it apart by its hash. */
export function itemOf(place: Place, value: unknown, map: (record: unknown) => Mapped): IntakeItem {
  const isObject = value !== null && typeof value === 'object'
  const mapped = isObject ? bounded(map(value)) : rejected('', 'not an object', 'Send each job as a JSON object.')
  const volatile = mapped.kind === 'posting' ? mapped.volatile : []
  return {
    index: place.index,
    at: place.at,
    mapped,
    rawHash: hashOf(volatile.length > 0 && isObject ? without(value, volatile) : value),
    merged: (place.count ?? 1) - 1,
    bytes: mapped.kind === 'posting' ? weightOf(mapped.posting) : 500,
  }
}

/** A record that was rejected for something else may still say which opening it is about. */
function identified(mapped: Mapped, record: unknown): Mapped {
  if (mapped.kind !== 'rejected' || mapped.externalId !== undefined || !isRecord(record)) return mapped
  const id = ForeignId.safeParse(record.externalId ?? record.id)
  return id.success ? { ...mapped, externalId: id.data } : mapped
}

export const jsonItem = (
  format: JsonFormatName,
  record: RawRecord,
  index: number,
  context: MappingContext,
): IntakeItem =>
  itemOf({ index, at: record.at, count: record.count }, record.value, (value) =>
    identified(JSON_FORMATS[format].map(value, context), value),
  )

export const xmlItem = (
  format: XmlFormatName,
  found: FoundRecord,
  index: number,
  context: MappingContext,
): IntakeItem =>
  itemOf({ index, at: `line ${found.line}` }, found.value, () => XML_FORMATS[format].map(found.value, context))

export function csvItem({ line, value, fault, headers }: CsvRow, index: number, context: MappingContext): IntakeItem {
  const remedy = 'Give the row one cell for each column, and quote cells that hold the delimiter.'
  return itemOf({ index, at: `line ${line}` }, value, () =>
    fault ? rejected('', fault, remedy) : mapFlat(value, headers, context),
  )
}
