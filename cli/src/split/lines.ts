import {
  type Chunks,
  type Frame,
  NOTHING,
  NotSplittable,
  type RawRecord,
  recordBuffer,
  type Splitting,
} from './frame.ts'

const NEWLINE = 10
const QUOTE = 34
/** A first line beyond this is no header. */
const LONGEST_LINE = 1024 * 1024
const DELIMITERS = [',', ';', '\t', '|']

/** One record a line; a broken line spoils no other. Blank lines are no records. */
export function splitNdjson(chunks: Chunks, bound: number): Splitting {
  return { frame: { kind: 'ndjson', head: NOTHING, between: NOTHING, tail: NOTHING }, records: lines(chunks, bound) }
}

async function* lines(chunks: Chunks, bound: number): AsyncGenerator<RawRecord> {
  const record = recordBuffer(bound)
  let [line, begun] = [1, 1]
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      record.add(chunk.subarray(from, end + 1))
      from = end + 1
      line++
      if (record.isBlank()) continue
      yield record.take(begun)
      begun = line
    }
    record.add(chunk.subarray(from))
  }
  if (!record.isBlank()) yield record.take(begun)
}

/** Rows by RFC 4180: a line break inside quotes belongs to its row. The header row stands before every part. */
export function splitCsv(chunks: Chunks, bound: number): Splitting {
  const frame: Frame = { kind: 'csv', head: NOTHING, between: NOTHING, tail: NOTHING }
  async function* withoutHeader(): AsyncGenerator<RawRecord> {
    for await (const row of rows(chunks, bound)) {
      if (frame.head.length > 0) yield row
      else if (row.bytes) frame.head = withNewline(row.bytes)
      else throw new NotSplittable('its first row is larger than a part may be')
    }
  }
  return { frame, records: withoutHeader() }
}

async function* rows(chunks: Chunks, bound: number): AsyncGenerator<RawRecord> {
  const record = recordBuffer(bound)
  let delimiter = 0
  let [line, begun] = [1, 1]
  // A quote opens a cell only at its beginning; a doubled one inside closes and opens again at once.
  let [quoted, quotedCell, cellStart, previous] = [false, false, true, 0]
  for await (const chunk of wholeFirstLine(chunks)) {
    delimiter ||= delimiterOf(chunk)
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0
      if (byte === NEWLINE) line++
      if (quoted) quoted = byte !== QUOTE
      else if (byte === QUOTE) {
        quoted = cellStart || (quotedCell && previous === QUOTE)
        quotedCell ||= cellStart
        cellStart = false
      } else {
        cellStart = byte === delimiter || byte === NEWLINE
        quotedCell &&= !cellStart
        if (byte === NEWLINE) {
          record.add(chunk.subarray(from, i + 1))
          from = i + 1
          if (!record.isBlank()) {
            yield record.take(begun)
            begun = line
          }
        }
      }
      previous = byte
    }
    record.add(chunk.subarray(from))
  }
  if (record.isBlank()) return
  const last = record.take(begun)
  yield { ...last, bytes: last.bytes && withNewline(last.bytes) }
}

/** The first piece goes on to the end of the first line: the delimiter is read off it. */
async function* wholeFirstLine(chunks: Chunks): AsyncGenerator<Buffer> {
  let first: Buffer | null = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (first === null) yield chunk
    else {
      first = Buffer.concat([first, chunk])
      if (!first.includes(NEWLINE) && first.length < LONGEST_LINE) continue
      yield first
      first = null
    }
  }
  if (first) yield first
}

const withNewline = (bytes: Buffer): Buffer =>
  bytes.at(-1) === NEWLINE ? bytes : Buffer.concat([bytes, Buffer.from('\n')])

/** The delimiter that the first line uses most, outside of quotes. */
function delimiterOf(chunk: Buffer): number {
  const end = chunk.indexOf(NEWLINE)
  const header = chunk
    .subarray(0, end < 0 ? chunk.length : end)
    .toString('latin1')
    .replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((d) => header.split(d).length)
  return (DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',').charCodeAt(0)
}
