import {
  type Chunks,
  type Frame,
  NOTHING,
  NotSplittable,
  type RawRecord,
  recordBuffer,
  type Splitting,
} from './frame.ts'

const HEAD_BOUND = 1024 * 1024
/** The longest token that decides: `</job>` and what may stand inside its brackets. */
const TOKEN = 64

/** The `<job>` (Indeed) or `<item>` (RSS) elements, whole, with what encloses them around every part. Throws NotSplittable. */
export function splitXml(chunks: Chunks, bound: number): Splitting {
  const frame: Frame = { kind: 'xml', head: NOTHING, between: NOTHING, tail: NOTHING }
  return { frame, records: elements(chunks, bound, frame) }
}

// Bytes are read as latin1, one character each: every encoding that XML feeds use keeps ASCII where it is.
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (latin1: string): Buffer => Buffer.from(latin1, 'latin1')
const lineBreaks = (latin1: string): number => latin1.split('\n').length - 1

type State = 'outside' | 'inside' | 'cdata' | 'comment'
const ENDS = { cdata: ']]>', comment: '-->' } as const

async function* elements(chunks: Chunks, bound: number, frame: Frame): AsyncGenerator<RawRecord> {
  const record = recordBuffer(bound)
  let head = ''
  let name = ''
  let state: State = 'outside'
  let within: 'outside' | 'inside' = 'outside'
  let rest = ''
  let [line, begun] = [1, 1]

  /** Moves on by `n` characters, which belong to the head, to a record or to nothing. */
  const pass = (n: number): void => {
    const passed = rest.slice(0, n)
    rest = rest.slice(n)
    if (within === 'inside') record.add(bytesOf(passed))
    else if (!name) head += passed
    // What stands between records is left out, but lines keep their numbers.
    else record.add(bytesOf('\n'.repeat(lineBreaks(passed))))
    line += lineBreaks(passed)
  }

  for await (const chunk of chunks) {
    rest += text(chunk)
    for (;;) {
      if (state === 'cdata' || state === 'comment') {
        const end = rest.indexOf(ENDS[state])
        if (end < 0) break
        pass(end + 3)
        state = within
        continue
      }
      const token = (name ? tokenOf(name) : FIRST).exec(rest)
      if (!token) break
      if (token[0] === '<![CDATA[' || token[0] === '<!--') {
        pass(token.index + token[0].length)
        state = token[0] === '<!--' ? 'comment' : 'cdata'
      } else if (token[0].startsWith('</')) {
        pass(token.index + token[0].length)
        if (within === 'inside') yield record.take(begun)
        within = state = 'outside'
      } else {
        pass(token.index)
        if (!name) {
          name = token[1] ?? ''
          frame.head = bytesOf(head)
          frame.tail = bytesOf(closingTags(head))
        }
        if (within === 'outside') begun = line - record.size
        within = state = 'inside'
        pass(token[0].length - 1)
      }
    }
    // What may be the beginning of a token waits for the next chunk.
    pass(Math.max(0, rest.length - TOKEN))
    if (head.length > HEAD_BOUND) break
  }
  if (!name) throw new NotSplittable('it has no <job> and no <item> in its first MiB')
  pass(rest.length)
  // A file cut off in the middle: its last record goes along, so that the server names the place.
  if (within === 'inside' && record.size > 0) yield record.take(begun)
}

const FIRST = /<!\[CDATA\[|<!--|<(job|item)[\s>]/
const tokenOf = (name: string): RegExp => new RegExp(`<!\\[CDATA\\[|<!--|<${name}[\\s>]|</${name}\\s{0,8}>`)

/** Closes what a head leaves open: `<source><publisher>x</publisher>` -> `</source>`. */
export function closingTags(head: string): string {
  const open: string[] = []
  const bare = head.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<![^>]*>/g, '')
  for (const [, closing, name = '', rest = ''] of bare.matchAll(/<(\/?)([^\s/>]+)([^>]*)>/g))
    if (closing && open.includes(name)) open.splice(open.lastIndexOf(name), 1)
    else if (!closing && !rest.endsWith('/')) open.push(name)
  return open
    .reverse()
    .map((name) => `</${name}>`)
    .join('')
}
