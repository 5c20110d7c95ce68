import { z } from 'zod'
import { Entity, Stored } from './entity.ts'
import { Instant } from './time.ts'

export const FEED_FORMATS = [
  'native',
  'greenhouse',
  'lever',
  'ashby',
  'smartrecruiters',
  'workable',
  'recruitee',
  'teamtailor',
  'workday',
  'indeed-xml',
  'rss',
  'csv',
] as const
export const FeedFormat = z.enum(FEED_FORMATS).meta({ id: 'FeedFormat' })
export type FeedFormat = z.infer<typeof FeedFormat>

/** `received` is the sum of the seven others, always. */
export const IngestCounts = z
  .object({
    received: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    closed: z.int(),
    stale: z.int(),
    merged: z.int(),
    rejected: z.int(),
  })
  .meta({ id: 'IngestCounts' })
export type IngestCounts = z.infer<typeof IngestCounts>

export const Feed = Entity.extend({
  name: z.string().min(1).max(120),
  format: FeedFormat,
  /** Where to pull; null for a feed that only receives pushes or webhooks. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  /** Minutes between pulls. */
  everyMinutes: z.int().min(5).max(10_080),
  active: z.boolean(),
  /** Last four characters of the webhook secret; the secret itself is in Secret Manager. */
  webhookSecretLast4: z.string().nullable(),
  health: z.object({
    lastAttemptAt: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    lastError: z.string().nullable(),
    counts: IngestCounts.nullable(),
  }),
  nextPullAt: Instant.nullable(),
}).meta({ id: 'Feed' })
export type Feed = z.infer<typeof Feed>

/**
 * One shard of a source's manifest: what was accepted last, per external id, so that an unchanged record costs no read of its job.
 * `entries` is JSON text of Record<externalId, [rawHash, sourceStamp | null, status]>: one unindexed string, however many records.
 */
export const Manifest = Stored.extend({ entries: z.string() })
export type Manifest = z.infer<typeof Manifest>
