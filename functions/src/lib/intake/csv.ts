import { type Info, type Options, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { DomainError } from '#domain/errors.ts'
import { type Headers, headersOf, namesFor } from '#domain/ingest/columns.ts'

const MAX_COLUMNS = 500
const MAX_CELL = 1024 * 1024

export interface CsvRow {
  line: number
  /** The row by its headers. */
  value: Record<string, string>
  /** Why the row does not fit the header; undefined where it does. */
  fault: string | undefined
  headers: Headers
}

/** The delimiter that the header line has most of. */
function delimiterOf(header: string): string {
  const counts = [',', ';', '\t', '|'].map((each) => [each, header.split(each).length] as const)
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

/** The first line that holds something, quotes respected as far as needed to find its end. */
function headerLine(text: string): string {
  const start = text.search(/\S/)
  if (start < 0) return ''
  let quoted = false
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === '\n' && !quoted) return text.slice(start, at)
  }
  return text.slice(start)
}

/** True for text whose first line names a title and something to know an opening by. */
export function looksLikeCsv(text: string): boolean {
  const line = headerLine(text.slice(0, 100_000))
  const headers = headersOf(line.split(delimiterOf(line)).map((cell) => cell.trim().replace(/^"|"$/g, '')))
  return headers.title !== undefined && (headers.id !== undefined || headers.url !== undefined)
}

const options = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  info: true,
  relax_column_count: true,
  skip_empty_lines: true,
  trim: true,
  max_record_size: MAX_CELL * 4,
})

interface Parsed {
  info: Info
  record: string[]
}

/** Checks the header: `invalid` where it lacks what an opening needs. */
function readHeader(cells: string[]): { names: string[]; headers: Headers } {
  const headers = headersOf(cells)
  const missing =
    headers.title === undefined ? 'title' : headers.id === undefined && headers.url === undefined ? 'id' : null
  if (missing)
    throw new DomainError('invalid', `No column of the CSV is the ${missing}`, {
      remedy: `Call one of its columns ${namesFor(missing)}.`,
      problems: [{ at: 'line 1', message: `columns: ${cells.slice(0, 30).join(', ').slice(0, 500)}` }],
    })
  const repeated = cells.find((cell, i) => cell !== '' && cells.indexOf(cell) !== i)
  if (repeated || cells.length > MAX_COLUMNS)
    throw new DomainError(
      'invalid',
      repeated ? `Two columns are called ${repeated}` : `More than ${MAX_COLUMNS} columns`,
      {
        remedy: 'Give each column a name of its own.',
      },
    )
  return { names: cells.map((cell, i) => cell || `column ${i + 1}`), headers }
}

const broken = (error: unknown): DomainError => {
  const { message, lines } = error as { message: string; lines?: number }
  return new DomainError('invalid', `Broken CSV${lines ? ` near line ${lines}` : ''}: ${message}`, {
    remedy: 'Quote cells that hold quotes or line breaks, and send it again.',
    ...(lines && { problems: [{ at: `line ${lines}`, message }] }),
  })
}

function rowReader(): (parsed: Parsed) => CsvRow | undefined {
  let header: ReturnType<typeof readHeader> | undefined
  return ({ record, info }) => {
    if (!header) {
      header = readHeader(record)
      return undefined
    }
    const { names, headers } = header
    // The parser counts the line where a record ends; its cells may span several.
    const line = info.lines - record.join('').split('\n').length + 1
    const fits = record.length === names.length
    const fault = fits ? undefined : `${record.length} cells where the header has ${names.length}`
    return { line, fault, value: Object.fromEntries(names.map((name, i) => [name, record[i] ?? ''])), headers }
  }
}

/** The parser counts a CR LF inside of quotes twice. */
const unixLines = (text: string): string => text.replace(/\r\n?/g, '\n')

async function* unixChunks(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let kept = ''
  for await (const chunk of chunks) {
    const text = kept + chunk
    kept = text.endsWith('\r') ? '\r' : ''
    yield unixLines(kept ? text.slice(0, -1) : text)
  }
  if (kept) yield '\n'
}

/** A whole table. Rows that do not fit the header say so and leave the others alone. Throws `invalid`. */
export function readCsv(text: string): CsvRow[] {
  const read = rowReader()
  try {
    const parsed = parseAtOnce(unixLines(text), options(delimiterOf(headerLine(text)))) as unknown as Parsed[]
    return parsed.flatMap((each) => read(each) ?? [])
  } catch (error) {
    throw error instanceof DomainError ? error : broken(error)
  }
}

/** The same from a stream, a row at a time. */
export async function* streamCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRow> {
  const iterator = unixChunks(chunks)
  let head = ''
  while (!head.trimStart().includes('\n') && head.length < MAX_CELL) {
    const { value, done } = await iterator.next()
    if (done) break
    head += value
  }
  const parser = parse(options(delimiterOf(headerLine(head))))
  const feed = async (): Promise<void> => {
    try {
      parser.write(head)
      for (let next = await iterator.next(); !next.done; next = await iterator.next())
        if (!parser.write(next.value)) await new Promise((resolve) => parser.once('drain', resolve))
      parser.end()
    } catch (error) {
      parser.destroy(error as Error)
    }
  }
  const feeding = feed()
  const read = rowReader()
  try {
    for await (const each of parser as AsyncIterable<Parsed>) {
      const row = read(each)
      if (row) yield row
    }
    await feeding
  } catch (error) {
    throw error instanceof DomainError || !(error as { code?: string }).code?.startsWith('CSV') ? error : broken(error)
  }
}
