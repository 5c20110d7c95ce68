import {
  type Chunks,
  type Frame,
  NOTHING,
  NotSplittable,
  type RawRecord,
  recordBuffer,
  type Splitting,
} from './frame.ts'

const [NEWLINE, QUOTE, COMMA, COLON, BACKSLASH] = [10, 34, 44, 58, 92]
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125]
const HEAD_BOUND = 1024 * 1024
/** Members under which the systems we know keep their list of openings or people. */
const LISTS = new Set([
  ...['jobs', 'offers', 'content', 'items', 'results', 'postings', 'jobPostings', 'openings', 'data', 'candidates'],
])

/**
 * The elements of a root array, or of the first known list of a root object (`{"jobs": [...], "meta": …}`): what stands before the
 * list goes with every part, what follows it with none. Throws NotSplittable.
 */
export function splitJson(chunks: Chunks, bound: number): Splitting {
  const frame: Frame = { kind: 'json', head: NOTHING, between: Buffer.from(','), tail: NOTHING }
  return { frame, records: elements(chunks, bound, frame) }
}

async function* elements(chunks: Chunks, bound: number, frame: Frame): AsyncGenerator<RawRecord> {
  const head = recordBuffer(HEAD_BOUND)
  const element = recordBuffer(bound)
  const spelling = keySpelling()
  let [depth, listDepth, line, begun] = [0, 0, 1, 1]
  let [inString, escaped, inElement, over] = [false, false, false, false]

  for await (const chunk of chunks) {
    let from = 0
    for (let i = 0; i < chunk.length && !over; i++) {
      const byte = chunk[i] ?? 0
      if (byte === NEWLINE) line++
      if (inString) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
        if (!listDepth && depth === 1) spelling.letter(byte, inString)
        continue
      }
      const opens = byte === OPEN_ARRAY || byte === OPEN_OBJECT
      const closes = byte === CLOSE_ARRAY || byte === CLOSE_OBJECT
      if (listDepth && depth === listDepth) {
        const ends = byte === COMMA || closes
        if (ends && inElement) {
          element.add(chunk.subarray(from, i))
          inElement = false
          yield element.take(begun)
        } else if (!ends && !inElement && byte > 32) {
          inElement = true
          from = i
          begun = line
        }
        if (closes) over = true
      }
      if (byte === QUOTE) {
        inString = true
        if (!listDepth && depth === 1) spelling.begin()
      } else if (opens) {
        depth++
        const isList = byte === OPEN_ARRAY && (depth === 1 || (depth === 2 && LISTS.has(spelling.key())))
        if (!listDepth && isList) {
          listDepth = depth
          head.add(chunk.subarray(from, i + 1))
          from = i + 1
          frame.head = headOf(head.take(1))
          frame.tail = Buffer.from(depth === 1 ? ']' : ']}')
        }
      } else if (closes) depth--
      else if (byte === COLON || byte === COMMA) spelling.mark(byte === COLON)
    }
    if (!listDepth) head.add(chunk.subarray(from))
    else if (inElement) element.add(chunk.subarray(from))
    if (head.size > HEAD_BOUND) break
  }
  if (!listDepth) throw new NotSplittable('it is one JSON document without a list of records at its top')
  // A file cut off in the middle: its last record goes along, so that the server names the place.
  if (inElement) yield element.take(begun)
}

function headOf({ bytes }: RawRecord): Buffer {
  if (bytes) return bytes
  throw new NotSplittable('what stands before its list of records is larger than 1 MiB')
}

/** Follows the member names of the root object. */
function keySpelling() {
  let letters: number[] = []
  let key = ''
  return {
    begin: () => {
      letters = []
    },
    letter: (byte: number, goesOn: boolean) => {
      if (goesOn && letters.length < 40) letters.push(byte)
    },
    mark: (isColon: boolean) => {
      key = isColon ? Buffer.from(letters).toString('utf8') : ''
    },
    key: () => key,
  }
}
