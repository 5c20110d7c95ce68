import { z } from 'zod'
import { Instant } from './time.ts'

export const SCHEMA_VERSION = 1

/** An Id, or "parent/child" for a document below another (documents.ts). */
const StoredId = z.string().regex(/^(?!__)[A-Za-z0-9_-]{1,128}(\/[A-Za-z0-9_-]{1,128})?$/)

/** What every stored document carries. */
export const Stored = z.object({ id: StoredId, schemaVersion: z.literal(SCHEMA_VERSION) })

/**
 * A document whose every change is audited: `version` counts the changes and is the sequence number of the newest audit entry,
 * `auditHash` the head of the entity's hash chain.
 */
export const Entity = Stored.extend({
  version: z.int().nonnegative(),
  auditHash: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Entity = z.infer<typeof Entity>

/** The part of an entity that the store keeps, not the verb. */
export type Kept = 'schemaVersion' | 'version' | 'auditHash' | 'createdAt' | 'updatedAt'
/** An entity as a verb writes it. */
export type Draft<T> = Omit<T, Kept>
