import type { RawRecord, Splitting } from './frame.ts'

/** A file of its own, and where its records stood in the whole one. */
export interface Part {
  bytes: Buffer
  records: number
  /** Index of its first record in the whole file, from 0. */
  firstRecord: number
  /** Lines that stood before its first record; its head does not count. */
  linesBefore: number
  headLines: number
}

/** A record that no part can carry. */
export interface Oversize {
  index: number
  line: number
  size: number
}

/** Packs records into parts of at most `limit` bytes and `most` records, in their order; what is larger alone comes out as Oversize. */
export async function* partsOf(
  { frame, records }: Splitting,
  limit: number,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<Part | Oversize> {
  let taken: RawRecord[] = []
  let size = 0
  let index = 0
  const around = (): number => frame.head.length + frame.tail.length

  const close = (): Part => {
    const pieces: Uint8Array[] = [frame.head]
    for (const [i, { bytes }] of taken.entries()) {
      if (i > 0) pieces.push(frame.between)
      if (bytes) pieces.push(bytes)
    }
    const part = {
      bytes: Buffer.concat([...pieces, frame.tail]),
      records: taken.length,
      firstRecord: index - taken.length,
      linesBefore: (taken[0]?.line ?? 1) - 1,
      headLines: linesIn(frame.head),
    }
    taken = []
    size = 0
    return part
  }

  for await (const record of records) {
    if (record.bytes === null || record.size + around() > limit) {
      if (taken.length > 0) yield close()
      yield { index: index++, line: record.line, size: record.size }
      continue
    }
    const more = record.size + frame.between.length
    if (taken.length > 0 && (size + more + around() > limit || taken.length >= most)) yield close()
    taken.push(record)
    size += more
    index++
  }
  if (taken.length > 0) yield close()
}

const linesIn = (bytes: Uint8Array): number => bytes.reduce((n, byte) => (byte === 10 ? n + 1 : n), 0)
