import { randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { DomainError } from '#domain/errors.ts'
import type { ApiKey } from '#domain/machinery.ts'
import { sha256 } from './hash.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SHAPE = /^af_(live|test)_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})_([0-9a-f]{8})$/
const CACHE_MS = 30_000

export interface FoundKey {
  org: string
  key: ApiKey
}

/** `n` characters without modulo bias. */
function base62(n: number): string {
  let text = ''
  while (text.length < n)
    for (const byte of randomBytes(n)) if (byte < 248 && text.length < n) text += BASE62[byte % 62]
  return text
}

const checksum = (body: string): string => crc32(body).toString(16).padStart(8, '0')

/** A new key's text, shown once. The prefix and checksum let secret scanners find a leaked one. */
export function mintKey(kind: 'live' | 'test'): string {
  const body = `af_${kind}_${base62(8)}_${base62(43)}`
  return `${body}_${checksum(body)}`
}

/** What of a key's text is stored; throws on a text that is no key. */
export function describeKey(text: string): { id: string; hash: string; last4: string } {
  const parsed = parseKey(text)
  if (!parsed?.id) throw new Error('not an API key of AdFlux')
  return { id: parsed.id, hash: sha256(parsed.secret), last4: parsed.secret.slice(-4) }
}

/** Null where the text is no API key of ours (another kind of token, or a mistyped one). */
export function parseKey(text: string): { id: string; secret: string } | null {
  const match = SHAPE.exec(text)
  if (!match || checksum(text.slice(0, -9)) !== match[4]) return text.startsWith('af_') ? { id: '', secret: '' } : null
  return { id: match[2] ?? '', secret: match[3] ?? '' }
}

const cache = new Map<string, { found: FoundKey; at: number }>()

/** Throws `unauthenticated`; a revoked key is refused within 30 s. */
export async function verifyKey(
  find: (id: string) => Promise<FoundKey | undefined>,
  text: string,
  now: Date,
): Promise<FoundKey> {
  const refused = new DomainError('unauthenticated', 'The API key is not valid', {
    remedy: 'Use a key that is in force.',
  })
  const parsed = parseKey(text)
  if (!parsed?.id) throw refused
  const cached = cache.get(parsed.id)
  const known = cached && Date.now() - cached.at < CACHE_MS ? cached.found : undefined
  const found = known ?? (await find(parsed.id))
  if (!found) throw refused
  // Only what was just read: a key in steady use would otherwise never be looked up again.
  if (!known) cache.set(parsed.id, { found, at: Date.now() })
  const right = timingSafeEqual(Buffer.from(found.key.hash, 'hex'), Buffer.from(sha256(parsed.secret), 'hex'))
  if (!right || found.key.revokedAt || found.key.expiresAt < now.toISOString()) throw refused
  return found
}
