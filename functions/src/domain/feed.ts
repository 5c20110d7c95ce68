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
  /** First delivery whose signature was right; until then the vendor may still be proving the address. */
  webhookProvenAt: Instant.nullish(),
  health: z.object({
    lastAttemptAt: Instant.nullable(),
    lastSuccessAt: Instant.nullable(),
    lastError: z.string().nullable(),
    /** Failed pulls in a row. */
    failures: z.int(),
    /** Of the last pull that read the feed to its end. */
    counts: IngestCounts.nullable(),
    /** Openings that the feed stopped listing and that were not closed, because there are too many of them to believe it. */
    held: z.int(),
  }),
  nextPullAt: Instant.nullable(),
}).meta({ id: 'Feed' })
export type Feed = z.infer<typeof Feed>

/** A source's manifest lies in this many documents, so that each stays small and two imports seldom meet in one. */
export const MANIFEST_SHARDS = 16

/**
 * One shard of a source's manifest (id "source/0" to "source/15"): what was accepted last, per opening, so that an unchanged record
 * costs no read of its job. `entries` is JSON text (ingest/manifest.ts): one string, however many records.
 */
export const Manifest = Stored.extend({ entries: z.string() })
export type Manifest = z.infer<typeof Manifest>
