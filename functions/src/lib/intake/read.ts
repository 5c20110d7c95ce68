import { DomainError } from '#domain/errors.ts'
import { FEED_FORMATS, type FeedFormat } from '#domain/feed.ts'
import { detectFormat, isJsonFormat, JSON_FORMATS } from '#domain/ingest/formats.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import { type MappingContext, rejected } from '#domain/ingest/mapped.ts'
import { XML_FORMATS, type XmlFormatName } from '#domain/ingest/xml-feeds.ts'
import { inflated, textOf } from './bytes.ts'
import { looksLikeCsv, readCsv } from './csv.ts'
import { csvItem, itemOf, jsonItem, xmlItem } from './items.ts'
import { isNdjson, nonEmptyLines, parseJson } from './json.ts'
import { xmlReader } from './xml.ts'

export interface PushHint {
  format?: FeedFormat | undefined
  contentType?: string | undefined
}

export interface Read {
  format: FeedFormat
  items: IntakeItem[]
}

/**
 * Reads a pushed body to its end before anything is written: a document that breaks in the middle is refused as a whole. Throws
 * `invalid` (broken, with line and column), `unprocessable` (unknown or unsafe) or `too_large`.
 */
export function readPushed(body: Uint8Array, hint: PushHint, context: MappingContext): Read {
  const text = textOf(inflated(body))
  const first = text.trimStart()[0]
  if (first === undefined)
    throw new DomainError('invalid', 'The body is empty', { remedy: 'Send one job, a list of jobs or a feed.' })
  if (hint.format === 'csv' || (first !== '<' && /csv/.test(hint.contentType ?? '')))
    return { format: 'csv', items: readCsv(text).map((row, index) => csvItem(row, index, context)) }
  if (first === '<') return readXml(text, hint, context)
  if (first === '{' || first === '[' || (hint.format && isJsonFormat(hint.format))) return readJson(text, hint, context)
  if (!hint.format && looksLikeCsv(text)) return readPushed(body, { format: 'csv' }, context)
  if (/json/.test(hint.contentType ?? '')) return readJson(text, hint, context)
  throw unknownFormat(hint.format)
}

const unknownFormat = (named: FeedFormat | undefined): DomainError =>
  new DomainError('unprocessable', named ? `The body is not ${named}` : 'The body is of no format that is known', {
    remedy: `Send one of ${FEED_FORMATS.join(', ')}, and name it with ?format= where it is not recognised.`,
  })

function readJson(text: string, hint: PushHint, context: MappingContext): Read {
  if (hint.format && !isJsonFormat(hint.format)) throw unknownFormat(hint.format)
  if (/ndjson|jsonl/.test(hint.contentType ?? '') || isNdjson(text)) return readLines(text, hint.format, context)
  const document = parseJson(text)
  const format = hint.format ?? detectFormat(document)
  const records = isJsonFormat(format) ? JSON_FORMATS[format].records(document) : undefined
  if (!isJsonFormat(format) || !records) throw unknownFormat(hint.format)
  return { format, items: records.map((record, index) => jsonItem(format, record, index, context)) }
}

/** A line that is broken costs itself alone: where it ends is known. */
function readLines(text: string, named: FeedFormat | undefined, context: MappingContext): Read {
  const lines = nonEmptyLines(text)
  const format = named ?? formatOfLines(lines)
  if (!isJsonFormat(format)) throw unknownFormat(named)
  const items = lines.map(([line, source], index) => {
    const at = `line ${line}`
    try {
      return jsonItem(format, { at, value: parseJson(source, line), count: 1 }, index, context)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return itemOf({ index, at }, { line: source }, () => rejected('', error.message, error.details.remedy ?? ''))
    }
  })
  return { format, items }
}

function formatOfLines(lines: [number, string][]): FeedFormat {
  for (const [line, source] of lines.slice(0, 20)) {
    try {
      return detectFormat(parseJson(source, line))
    } catch {
      // The next line may tell.
    }
  }
  return 'native'
}

const FORMAT_OF_ROOT = new Map(
  Object.entries(XML_FORMATS).flatMap(([name, { roots }]) =>
    roots.map((root) => [root, name as XmlFormatName] as const),
  ),
)
const RECORD_NAMES = [...new Set(Object.values(XML_FORMATS).flatMap(({ records }) => records))]

function readXml(text: string, hint: PushHint, context: MappingContext): Read {
  if (hint.format && !(hint.format in XML_FORMATS)) throw unknownFormat(hint.format)
  const reader = xmlReader(hint.format ? XML_FORMATS[hint.format as XmlFormatName].records : RECORD_NAMES)
  const found = [...reader.write(text), ...reader.end()]
  const format = (hint.format as XmlFormatName | undefined) ?? FORMAT_OF_ROOT.get(reader.root() ?? '')
  if (!format) throw unknownFormat(undefined)
  return { format, items: found.map((record, index) => xmlItem(format, record, index, context)) }
}
