import { gunzipSync } from 'node:zlib'
import { DomainError } from '#domain/errors.ts'

const MIB = 1024 * 1024
/** DESIGN.md 7. The preload caps both before a function sees a byte; here they hold for whoever calls without it. */
export const MAX_RAW = 10 * MIB
export const MAX_INFLATED = 50 * MIB
const MAX_RATIO = 100

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const tooLarge = (what: string): DomainError =>
  new DomainError('too_large', what, { remedy: 'Send it in several smaller requests.' })

/** The bytes of a pushed body: gzip is told by its first two bytes, whatever the headers say. Throws `too_large` or `invalid`. */
export function inflated(bytes: Uint8Array): Uint8Array {
  if (!isGzip(bytes)) {
    if (bytes.length > MAX_INFLATED) throw tooLarge('The body is larger than 50 MiB')
    return bytes
  }
  if (bytes.length > MAX_RAW) throw tooLarge('The compressed body is larger than 10 MiB')
  const ceiling = Math.min(MAX_INFLATED, Math.max(MIB, bytes.length * MAX_RATIO))
  const inner = gunzip(bytes, ceiling)
  if (isGzip(inner))
    throw new DomainError('unprocessable', 'The body is an archive inside an archive', { remedy: 'Compress it once.' })
  return inner
}

function gunzip(bytes: Uint8Array, ceiling: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: ceiling })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(
        ceiling === MAX_INFLATED
          ? 'The body inflates to more than 50 MiB'
          : `The body inflates more than ${MAX_RATIO} times`,
      )
    throw new DomainError('invalid', 'The body begins like gzip and is not whole gzip data', {
      remedy: 'Compress it again, or send it as it is.',
    })
  }
}

const DECLARED = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})["']/i
/** What an XML declaration may say; older feeds of Latin America are often Latin-1. */
const ENCODINGS: Record<string, string> = {
  'utf-8': 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
}

/**
 * The encoding of a text, as TextDecoder calls it: from its byte order mark, the zero bytes of its first characters, or its XML
 * declaration. Throws `unprocessable` for a declared one that is not read.
 */
export function encodingOf(head: Uint8Array): string {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be'
  const declared = DECLARED.exec(Buffer.from(head.subarray(0, 300)).toString('latin1'))?.[1]?.toLowerCase()
  const known = declared === undefined ? 'utf-8' : ENCODINGS[declared]
  if (known) return known
  throw new DomainError('unprocessable', `The XML declares an encoding that is not read: ${declared}`, {
    remedy: `Save it as UTF-8; ${Object.keys(ENCODINGS).join(', ')} are read as well.`,
  })
}

/** Throws `invalid` naming the line where a byte is no text. The byte order mark is dropped. */
export function textOf(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new DomainError(
      'invalid',
      `The body is not valid ${encoding.toUpperCase()} (line ${badLine(bytes, encoding)})`,
      {
        remedy: 'Save it as UTF-8 and send it again.',
      },
    )
  }
}

/** Everything before the first replacement character decodes; a real U+FFFD in the source is as good a place to look. */
function badLine(bytes: Uint8Array, encoding: string): number {
  const lenient = new TextDecoder(encoding).decode(bytes)
  return lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))).split('\n').length
}
