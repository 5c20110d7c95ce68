import { CsvError, parse } from 'csv-parse/sync'
import { DomainError } from '#domain/errors.ts'
import type { FileRecord } from '#domain/import/file-record.ts'
import { inflated, textOf } from './intake/bytes.ts'
import { isNdjson, nonEmptyLines, parseJson } from './intake/json.ts'

/**
 * Reads CSV by its header, NDJSON, a JSON array or one JSON object, told apart by content; gzip is told by its first bytes. A broken
 * line or row spoils no other; a document that breaks as a whole throws `invalid` with the line.
 */
export function readRecords(body: Uint8Array, contentType = ''): FileRecord[] {
  const text = textOf(inflated(body))
  const begins = text.trimStart().charAt(0)
  if (begins === '')
    throw new DomainError('invalid', 'The body is empty', { remedy: 'Send CSV with a header, NDJSON or a JSON array.' })
  if (contentType.includes('csv') || !/[[{]/.test(begins)) return readCsv(text)
  if (contentType.includes('ndjson') || isNdjson(text)) return readNdjson(text)
  return readJson(parseJson(text))
}

function readJson(document: unknown): FileRecord[] {
  const list = Array.isArray(document) ? document : isObject(document) ? listIn(document) : null
  if (list === null)
    throw new DomainError('invalid', 'The document holds no candidates', { remedy: 'Send an array of objects.' })
  return list.map((value, index) => ({ index, at: `/${index}`, content: contentOf(value) }))
}

/** {"candidates": [...]} is a list as well; any other object is one record. */
const listIn = (document: Record<string, unknown>): unknown[] =>
  Array.isArray(document.candidates) ? document.candidates : [document]

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const contentOf = (value: unknown): FileRecord['content'] =>
  isObject(value) ? { fields: value } : { problem: 'not an object', remedy: 'Send each candidate as a JSON object.' }

function readNdjson(text: string): FileRecord[] {
  return nonEmptyLines(text).map(([line, source], index) => {
    const at = `line ${line}`
    try {
      return { index, at, content: contentOf(parseJson(source, line)) }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return { index, at, content: { problem: error.message, remedy: error.details.remedy ?? 'Mend the line.' } }
    }
  })
}

const DELIMITERS = [',', ';', '\t', '|']

/** The separator that the header has most of. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/))
  const uses = (delimiter: string): number => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (uses(delimiter) > uses(best) ? delimiter : best))
}

function readCsv(text: string): FileRecord[] {
  const [head, ...rows] = rowsOf(text)
  const header = (head?.record ?? []).map((name) => name.trim())
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i)
  if (twice !== undefined)
    throw new DomainError('invalid', `Two columns are called ${JSON.stringify(twice)}`, {
      remedy: 'Rename one of them.',
    })
  if (header.every((name) => name === ''))
    throw new DomainError('invalid', 'The first row names no column', { remedy: 'Begin the file with a header.' })
  return rows.map(({ record, line }, index) => ({ index, at: `line ${line}`, content: rowOf(header, record) }))
}

function rowOf(header: readonly string[], cells: readonly string[]): FileRecord['content'] {
  if (cells.length > header.length)
    return {
      problem: `${cells.length} cells, but the header has ${header.length} columns`,
      remedy: 'Put quotes around cells that contain the separator.',
    }
  return { fields: Object.fromEntries(header.flatMap((name, i) => (name ? [[name, cells[i] ?? '']] : []))) }
}

interface Row {
  record: string[]
  /** On which it begins, from 1. */
  line: number
}

function rowsOf(text: string): Row[] {
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return parsed.map(({ record, info }) => ({
      record,
      line: info.lines - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0),
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new DomainError('invalid', `Broken CSV: ${error.message}`, {
      remedy: 'Mend that line and send the file again.',
    })
  }
}
