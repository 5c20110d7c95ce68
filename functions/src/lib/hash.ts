import { createHash } from 'node:crypto'
import { canonicalJson } from '#domain/canonical-json.ts'

/** SHA-256 as lowercase hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** SHA-256 of the value's canonical JSON: equal for equal content, whatever the key order. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value))

/** Crockford-like base32 of a SHA-256, `length` characters: short tokens for names. */
export function token(data: string, length: number): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  return [...createHash('sha256').update(data).digest()]
    .map((byte) => alphabet[byte % 32])
    .join('')
    .slice(0, length)
}
