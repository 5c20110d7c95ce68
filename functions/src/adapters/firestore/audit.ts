import { SCHEMA_VERSION } from '#domain/entity.ts'
import type { AuditEntry } from '#domain/machinery.ts'
import { hashOf } from '#functions/lib/hash.ts'
import type { Cause, Change } from '#functions/ports/store.ts'

const KEPT = ['id', 'schemaVersion', 'version', 'auditHash', 'createdAt', 'updatedAt']
const LONG = 2000

/** Long values stand in the chain by their hash: the chain stays small and provable. */
function shown(value: unknown): unknown {
  const text = JSON.stringify(value ?? null)
  return text.length <= LONG ? (value ?? null) : { sha256: hashOf(value), length: text.length }
}

type Fields = Record<string, unknown>

/** The next link of an entity's chain: only the fields that changed, and the hash of the link before. */
export function auditEntry(
  cause: Cause,
  change: Change,
  before: (Fields & { version: number; auditHash: string }) | undefined,
  next: Fields,
  at: string,
): AuditEntry {
  const changed = Object.keys(next).filter(
    (field) => !KEPT.includes(field) && (!before || JSON.stringify(before[field]) !== JSON.stringify(next[field])),
  )
  const pick = (from: Fields | undefined): Fields =>
    from ? Object.fromEntries(changed.map((field) => [field, shown(from[field])])) : {}
  const entry = {
    seq: (before?.version ?? 0) + 1,
    at,
    actor: `${cause.actor.kind}:${cause.actor.id}`,
    action: change.action,
    why: change.why ?? null,
    before: pick(before),
    after: pick(next),
    correlationId: cause.correlationId,
    previous: before?.auditHash ?? '',
    schemaVersion: SCHEMA_VERSION as 1,
  }
  return { ...entry, hash: hashOf(entry) }
}
