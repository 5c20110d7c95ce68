import { DomainError } from '#domain/errors.ts'
import type { FeedFormat } from '#domain/feed.ts'
import { JSON_FORMATS, type JsonFormat } from '#domain/ingest/formats.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import { type Mapped, type MappingContext, rejected, without } from '#domain/ingest/mapped.ts'
import { hashOf } from '#functions/lib/hash.ts'
import { inflated, textOf } from './bytes.ts'
import { cleanHtml, decodeEntities } from './html.ts'
import { isNdjson, nonEmptyLines, parseJson } from './json.ts'

export interface PushHint {
  format?: FeedFormat | undefined
  contentType?: string | undefined
}

export const mappingContext = (now: string, currency: string): MappingContext => ({
  now,
  currency,
  html: cleanHtml,
  decode: decodeEntities,
})

/** Maps one record; a mapping that fails in a way nobody foresaw costs its record, not the import. */
export function itemOf(
  place: { index: number; at: string; count?: number },
  value: unknown,
  map: (record: unknown) => Mapped,
): IntakeItem {
  const mapped = isObject(value) ? map(value) : rejected('', 'not an object', 'Send each job as a JSON object.')
  const volatile = mapped.kind === 'posting' ? mapped.volatile : []
  const hashed = volatile.length > 0 && isObject(value) ? without(value, volatile) : value
  return {
    index: place.index,
    at: place.at,
    mapped,
    rawHash: hashOf(hashed),
    merged: (place.count ?? 1) - 1,
    bytes: mapped.kind === 'posting' ? JSON.stringify(mapped.posting).length : 500,
  }
}

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object'

/** Reads a pushed body to its end before anything is written: a document that breaks in the middle is refused as a whole. */
export function readPushed(
  body: Uint8Array,
  hint: PushHint,
  context: MappingContext,
): { format: FeedFormat; items: IntakeItem[] } {
  const text = textOf(inflated(body))
  if (text.trim() === '')
    throw new DomainError('invalid', 'The body is empty', { remedy: 'Send one job, a list of jobs or a feed.' })
  const lines = hint.contentType?.includes('ndjson') || isNdjson(text)
  return lines ? readLines(text, hint, context) : readDocument(parseJson(text), hint, context)
}

function readLines(text: string, hint: PushHint, context: MappingContext): { format: FeedFormat; items: IntakeItem[] } {
  const format = hint.format ?? 'native'
  const json = JSON_FORMATS[format]
  if (!json) throw new DomainError('invalid', `${format} is not read line by line`)
  const items = nonEmptyLines(text).map(([line, source], index) => {
    const at = `line ${line}`
    try {
      return itemOf({ index, at }, parseJson(source, line), (record) => json.map(record, context))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return itemOf({ index, at }, { line: source }, () => rejected('', error.message, error.details.remedy ?? ''))
    }
  })
  return { format, items }
}

function readDocument(
  document: unknown,
  hint: PushHint,
  context: MappingContext,
): { format: FeedFormat; items: IntakeItem[] } {
  const format = hint.format ?? 'native'
  const json: JsonFormat | undefined = JSON_FORMATS[format]
  const records = json?.records(document)
  if (!json || !records)
    throw new DomainError('unprocessable', `The document is not of the format ${format}`, {
      remedy: 'Name another format.',
    })
  const items = records.map(({ at, value, count }, index) =>
    itemOf({ index, at, count }, value, (record) => json.map(record, context)),
  )
  return { format, items }
}
