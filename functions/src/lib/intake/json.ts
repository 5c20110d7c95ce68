import { DomainError } from '#domain/errors.ts'

const MAX_DEPTH = 64
const UNSAFE_INTEGER = /[[:,\s]-?\d{16,}/

/** Where a JSON text breaks, counted from 1; null where it does not, or only in a way that the scan does not see. */
interface Fault {
  line: number
  column: number
  message: string
}

const TOKEN =
  /[\s]+|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy

/** What may stand next; `{` and `[` in the stack say what is open. */
type Expect = 'value' | 'key' | 'colon' | 'next' | 'end' | 'key or }' | 'value or ]'

/** Finds the first token that cannot stand where it stands. Only ever run over a text that JSON.parse refused. */
function faultOf(text: string): Fault {
  const open: string[] = []
  let expect: Expect = 'value'
  let at = 0
  while (at < text.length) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined)
      return place(text, at, `${JSON.stringify([...text.slice(at, at + 2)][0] ?? '')} cannot stand here`)
    if (token.trim() !== '') {
      const after = step(expect, token, open)
      if (!after) return place(text, at, `${token.slice(0, 20)} stands where ${expect} was expected`)
      expect = after
    }
    at += token.length
  }
  return place(
    text,
    text.length,
    open.length > 0 ? `it ends before ${open.at(-1) === '{' ? '}' : ']'}` : 'it ends too early',
  )
}

function step(expect: Expect, token: string, open: string[]): Expect | undefined {
  const close = (bracket: string): Expect | undefined => {
    if (open.pop() !== bracket) return undefined
    return open.length > 0 ? 'next' : 'end'
  }
  const inValue = expect === 'value' || expect === 'value or ]'
  if (token === '{' || token === '[') {
    if (!inValue) return undefined
    open.push(token)
    return token === '{' ? 'key or }' : 'value or ]'
  }
  if (token === '}') return expect === 'next' || expect === 'key or }' ? close('{') : undefined
  if (token === ']') return expect === 'next' || expect === 'value or ]' ? close('[') : undefined
  if (token === ',') return expect === 'next' ? (open.at(-1) === '{' ? 'key' : 'value') : undefined
  if (token === ':') return expect === 'colon' ? 'value' : undefined
  if (expect === 'key' || expect === 'key or }') return token.startsWith('"') ? 'colon' : undefined
  return inValue ? (open.length > 0 ? 'next' : 'end') : undefined
}

function place(text: string, at: number, message: string): Fault {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return { line, column: at - before.lastIndexOf('\n'), message }
}

/** Parses one document. Integers beyond 2^53 become strings: they are ids. Throws `invalid` with line and column, or `unprocessable`. */
export function parseJson(text: string, firstLine = 1): unknown {
  try {
    const value: unknown = UNSAFE_INTEGER.test(text) ? JSON.parse(text, exactIntegers) : JSON.parse(text)
    if (tooDeep(value)) throw nestedTooDeep()
    return value
  } catch (error) {
    if (error instanceof DomainError) throw error
    // The reviver recurses, and so meets the limit of the stack before ours.
    if (error instanceof RangeError) throw nestedTooDeep()
    const { line, column, message } = faultOf(text)
    const where = `line ${line + firstLine - 1}, column ${column}`
    throw new DomainError('invalid', `Broken JSON at ${where}: ${message}`, {
      remedy: 'Mend it there and send it again.',
      problems: [{ at: where, message }],
    })
  }
}

const nestedTooDeep = (): DomainError =>
  new DomainError('unprocessable', `The JSON is nested more than ${MAX_DEPTH} levels deep`, {
    remedy: 'Send jobs as plain objects.',
  })

const exactIntegers = (_: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
    ? (context?.source ?? value)
    : value

const tooDeep = (value: unknown, left = MAX_DEPTH): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (left === 0 || Object.values(value).some((child) => tooDeep(child, left - 1)))

/** True for several JSON values on lines of their own, where the first line is whole JSON by itself. */
export function isNdjson(text: string): boolean {
  const [first = '', second = ''] = nonEmptyLines(text, 2).map(([, line]) => line)
  return /^\s*\{/.test(first) && /^\s*\{/.test(second) && isWhole(first)
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Lines that hold something, with their numbers from 1. */
export function nonEmptyLines(text: string, limit = Number.POSITIVE_INFINITY): [number: number, line: string][] {
  const lines: [number, string][] = []
  let start = 0
  for (let number = 1; start < text.length && lines.length < limit; number++) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    if (line.trim() !== '') lines.push([number, line])
    if (end < 0) break
    start = end + 1
  }
  return lines
}
