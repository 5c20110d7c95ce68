import { z } from 'zod'
import { Entity } from './entity.ts'
import { Id } from './ids.ts'
import { Currency } from './money.ts'
import { AdDay, Instant } from './time.ts'

/** schema.org/JobPosting names. */
export const EMPLOYMENT_TYPES = [
  'FULL_TIME',
  'PART_TIME',
  'CONTRACTOR',
  'TEMPORARY',
  'INTERN',
  'VOLUNTEER',
  'PER_DIEM',
  'OTHER',
] as const
export const EmploymentType = z.enum(EMPLOYMENT_TYPES)
export const Remote = z.enum(['onsite', 'hybrid', 'remote'])

export const Place = z
  .object({
    /** As the source wrote it. */
    text: z.string().max(300),
    city: z.string().max(120).optional(),
    region: z.string().max(120).optional(),
    /** ISO 3166-1 alpha-2. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  })
  .meta({ id: 'Place' })
export type Place = z.infer<typeof Place>

export const SalaryPeriod = z.enum(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'])
/** A range in integer minor units; either end may be open. */
export const Salary = z
  .object({
    minMinor: z.int().nonnegative().nullable(),
    maxMinor: z.int().nonnegative().nullable(),
    currency: Currency,
    period: SalaryPeriod,
  })
  .meta({ id: 'Salary' })
export type Salary = z.infer<typeof Salary>

/** Of `description` and of `extra` as JSON; together they stay below Firestore's 1 MiB even in a script of three bytes a letter. */
export const DESCRIPTION_CHARS = 200_000
export const EXTRA_CHARS = 100_000

/** What a mapping of any source yields: one opening in our words. */
export const JobPosting = z
  .object({
    externalId: z.string().min(1).max(500),
    title: z.string().min(1).max(300),
    company: z.string().max(200).nullable(),
    department: z.string().max(200).nullable(),
    /** Sanitised HTML, at most the tags of lib/intake/html.ts. */
    description: z.string().max(DESCRIPTION_CHARS),
    places: z.array(Place).max(200),
    remote: Remote.nullable(),
    employmentType: EmploymentType.nullable(),
    experienceLevel: z.string().max(100).nullable(),
    educationLevel: z.string().max(100).nullable(),
    skills: z.array(z.string().max(100)).max(100),
    salary: Salary.nullable(),
    applyUrl: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable(),
    language: z.string().max(20).nullable(),
    postedAt: Instant.nullable(),
    /** Last day on which candidates may apply, in the organisation's zone. */
    closesOn: AdDay.nullable(),
    /** The requisition that several openings of the source share (Greenhouse posts one job in several places). */
    group: z.string().min(1).max(500).nullable(),
    /** Fields of the record that no canonical field took, kept as they came. */
    extra: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'JobPosting' })
export type JobPosting = z.infer<typeof JobPosting>

export const JobStatus = z.enum(['open', 'closed'])
export const ClosedReason = z.enum(['closed_by_source', 'closed_by_user', 'filled', 'expired'])

export const Job = Entity.extend({
  ...JobPosting.shape,
  /** JSON text: a foreign record may nest arrays and use names that Firestore refuses, and none of it is to be indexed. */
  extra: z.string().max(EXTRA_CHARS),
  ref: z.string(),
  /** The feed that the record came from; `manual` for console and API, `push` for an ATS without a feed. */
  source: Id,
  status: JobStatus,
  closedReason: ClosedReason.nullable(),
  closedAt: Instant.nullable(),
  /** When an open job closes by itself: the end of `closesOn` in the organisation's zone. Null while closed or without a date. */
  expiresAt: Instant.nullable(),
  /** When the source says it changed; orders its updates. Null where the source gives no stamp. */
  sourceStamp: Instant.nullable(),
  /** SHA-256 (hex) of the raw record that was accepted last. */
  rawHash: z.string(),
  /** True for a close that arrived before its job: nothing but the tombstone is known. */
  tombstone: z.boolean(),
  /** Correlation id of the push that changed it last. */
  correlationId: z.string(),
  totals: z.object({ campaigns: z.int(), applications: z.int() }),
}).meta({ id: 'Job' })
export type Job = z.infer<typeof Job>
