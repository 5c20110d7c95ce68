import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Random } from './random.ts'

/** Ids decide the order of equals, so they too must come from the seed. Returns what puts the real ones back. */
export function seedIds(random: Random): () => void {
  const { randomUUID, randomBytes } = crypto
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random.next() * 16).toString(16)).join('')
  crypto.randomUUID = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
  crypto.randomBytes = ((size: number) => Buffer.from(hex(size * 2), 'hex')) as typeof crypto.randomBytes
  syncBuiltinESMExports()
  return () => {
    crypto.randomUUID = randomUUID
    crypto.randomBytes = randomBytes
    syncBuiltinESMExports()
  }
}
