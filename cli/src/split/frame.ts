/** What stands around and between the records of one file, so that any part of them is a file of the same kind. */
export interface Frame {
  kind: 'json' | 'ndjson' | 'csv' | 'xml'
  head: Uint8Array
  between: Uint8Array
  tail: Uint8Array
}

/** One record as it stands in the file. `bytes` is null where it is larger than what is kept; `size` always tells. */
export interface RawRecord {
  bytes: Buffer | null
  size: number
  /** Line of the file in which it begins, from 1. */
  line: number
}

/** A frame is complete when the first record comes out: what follows the records is known from what went before them. */
export interface Splitting {
  frame: Frame
  records: AsyncIterable<RawRecord>
}

/** A file whose records cannot be told apart. */
export class NotSplittable extends Error {}

export type Chunks = AsyncIterable<Buffer>

export const NOTHING = new Uint8Array(0)
export const CONTENT_TYPE: Record<Frame['kind'], string> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  xml: 'application/xml',
}

const BLANK = /^[\s\uFEFF]*$/

/** Collects the bytes of one record up to a bound, and counts those beyond it without keeping them. */
export function recordBuffer(bound: number) {
  let kept: Buffer[] = []
  let size = 0
  return {
    get size() {
      return size
    },
    add(bytes: Buffer): void {
      size += bytes.length
      if (size <= bound) kept.push(bytes)
      else kept = []
    },
    /** Only white space so far; it stays with the record that follows, so that lines keep their numbers. */
    isBlank: (): boolean => size < 1024 && BLANK.test(Buffer.concat(kept).toString('utf8')),
    take(line: number): RawRecord {
      const record = { bytes: size <= bound ? Buffer.concat(kept) : null, size, line }
      kept = []
      size = 0
      return record
    },
  }
}
