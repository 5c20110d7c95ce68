import { z } from 'zod'
import { Action } from './actor.ts'
import { Stored } from './entity.ts'
import { Id } from './ids.ts'
import { Instant } from './time.ts'

/** One change of one entity; `seq` is the entity's version. Hash chain: RFC 8785 JSON, SHA-256, previous hash included. */
export const AuditEntry = z
  .object({
    seq: z.int(),
    at: Instant,
    actor: z.string(),
    action: z.string(),
    why: z.string().nullable(),
    /** Only the fields that changed. */
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
    correlationId: z.string(),
    previous: z.string(),
    hash: z.string(),
    schemaVersion: z.literal(1),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** A key's secret is shown once and kept as SHA-256. */
export const ApiKey = Stored.extend({
  name: z.string(),
  hash: z.string(),
  last4: z.string(),
  scopes: z.array(Action),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** Work that was given up, with what a person needs to decide; re-driven from console or CLI. Its id is its incident's. */
export const DeadLetter = Stored.extend({
  kind: z.enum(['publish', 'sync', 'pull', 'event']),
  subject: z.string(),
  queue: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
  reason: z.string(),
  attempts: z.int(),
  at: Instant,
  /** closed = the work succeeded since, whoever asked for it. */
  state: z.enum(['open', 'redriven', 'closed']),
  correlationId: z.string(),
}).meta({ id: 'DeadLetter' })
export type DeadLetter = z.infer<typeof DeadLetter>

/** One account's sync: the running report, and what the roll-ups hold of the account. */
export const SyncState = Stored.extend({
  platform: z.string(),
  accountId: z.string(),
  state: z.enum(['idle', 'running', 'failing']),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  lastError: z.string().nullable(),
  failures: z.int(),
  epoch: z.int(),
  /** Of the running sync's tasks the one that counts: one of an earlier step is repeated, and does nothing. */
  turn: z
    .object({ step: z.int(), phase: z.enum(['days', 'reach']), token: z.string().nullable() })
    .default({ step: 0, phase: 'days', token: null }),
  /** Of the worker that writes: whoever has an older one writes nothing more. */
  fence: z.int().default(0),
  wakeAt: Instant.nullable(),
  /** yyyymm -> digest of the account's roll-up days inside the window. */
  rollups: z.record(z.string(), z.string()).default({}),
})
export type SyncState = z.infer<typeof SyncState>

/** `syncDigests/{account}_{n}`: one shard of what the last sync of an account wrote (sync-digest.ts). */
export const DigestShard = Stored.extend({ text: z.string() })
export type DigestShard = z.infer<typeof DigestShard>

/** Remembered answer of a POST with an Idempotency-Key; kept 72 h. */
export const IdempotencyRecord = Stored.extend({
  requestHash: z.string(),
  state: z.enum(['running', 'done']),
  status: z.int().nullable(),
  body: z.string().nullable(),
  expiresAt: Instant,
})
export type IdempotencyRecord = z.infer<typeof IdempotencyRecord>

export const OutboxMessage = Stored.extend({ event: z.record(z.string(), z.unknown()), nextAttemptAt: Instant })
export type OutboxMessage = z.infer<typeof OutboxMessage>

/** Made in the transaction of a consumer's effect: a second delivery finds it. */
export const InboxMark = Stored.extend({ at: Instant, expiresAt: Instant })
export type InboxMark = z.infer<typeof InboxMark>

/** Kept as hash and thumbnail; its bytes are with the ad platforms alone (docs/decisions/013). */
export const Image = Stored.extend({
  mime: z.enum(['image/png', 'image/jpeg']),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** data: URI, at most 320 px wide. */
  thumbnail: z.string(),
  /** "{platform}_{accountId}" -> the account's own id of it; null = the platform takes no images. */
  kept: z.record(z.string(), z.string().nullable()),
  uploadedAt: Instant,
}).meta({ id: 'Image' })
export type Image = z.infer<typeof Image>

export const RefCounter = z.object({ next: z.int(), schemaVersion: z.literal(1), id: Id })
