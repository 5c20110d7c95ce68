import { z } from 'zod'
import { Creative } from './creative.ts'
import { Entity } from './entity.ts'
import { Id, PLATFORMS } from './ids.ts'
import { Counts } from './metrics.ts'
import { Money } from './money.ts'
import { Split } from './split.ts'
import { AdDay, Instant } from './time.ts'

export const CAMPAIGN_STATUSES = [
  'DRAFT',
  'SCHEDULED',
  'PENDING',
  'PROCESSING',
  'ACTIVE',
  'PARTIAL',
  'DRAINING',
  'PAUSED',
  'KILLED',
  'COMPLETED',
  'REJECTED',
  'FAILED',
  'ARCHIVED',
] as const
export const CampaignStatus = z.enum(CAMPAIGN_STATUSES).meta({ id: 'CampaignStatus' })
export type CampaignStatus = z.infer<typeof CampaignStatus>

/** Why a status is what it is: a stable word for machines, and the platform's or our own sentence for people. */
export const Reason = z.object({ code: z.string(), message: z.string().nullable() }).meta({ id: 'Reason' })
export type Reason = z.infer<typeof Reason>

/** The unique reach of a range as the platform gives it; never a sum. */
export const RangeReach = z.object({ since: AdDay, until: AdDay, reach: z.int() })
export type RangeReach = z.infer<typeof RangeReach>

/** What a recruiter decides about a campaign and may decide anew while it runs. */
export const CampaignTerms = z.object({
  name: z.string().min(1).max(200),
  /** Over all platforms; `split` says who gets how much of it. */
  dailyBudget: Money,
  split: Split,
  startsOn: AdDay,
  /** Required: an ad without an end outlives a dead AdFlux. Delivery stops when this day is over in the account's zone. */
  endsOn: AdDay,
  /** ISO 3166-1 alpha-2. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  segments: z.array(Id).max(10),
  creative: Creative,
})
export type CampaignTerms = z.infer<typeof CampaignTerms>

export const Campaign = Entity.extend({
  ...CampaignTerms.shape,
  ref: z.string(),
  jobId: Id,
  jobRef: z.string(),
  jobTitle: z.string(),
  platforms: z.array(z.enum(PLATFORMS)).min(1),
  /** Changed terms that no platform has yet: they hold when they are published. */
  pending: CampaignTerms.partial().nullable(),
  status: CampaignStatus,
  reason: Reason.nullable(),
  createdBy: z.string(),
  /** Platform-reported. Null until the first sync: unknown is not zero. */
  totals: Counts.nullable(),
  /** "{platform}_{yyyymm}" -> that month's sums; totals are made from these. */
  months: z.record(z.string(), Counts),
  /** By platform, never added: the same person may be on two of them. */
  reach: z.partialRecord(z.enum(PLATFORMS), RangeReach),
  /** Applications that reached us with this campaign's click. */
  received: z.int(),
  syncedAt: Instant.nullable(),
  correlationId: z.string(),
}).meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof Campaign>

/** How many people a campaign reached is known only where it runs on one platform. */
export function reachOf({ platforms, reach }: Pick<Campaign, 'platforms' | 'reach'>): RangeReach | null {
  const [platform, another] = platforms
  return platform && !another ? (reach[platform] ?? null) : null
}
