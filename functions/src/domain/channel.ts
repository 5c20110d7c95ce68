import { z } from 'zod'
import { CampaignStatus, Reason } from './campaign.ts'
import { Entity, Stored } from './entity.ts'
import { Id, PLATFORMS } from './ids.ts'
import { ChannelPlan } from './plan.ts'
import { Instant } from './time.ts'

/** One object to be made on the platform. Written before the call, so that no outcome is ever forgotten. */
export const StepRecord = z.object({
  key: z.string(),
  level: z.string(),
  /** sent = the call may have happened: look before repeating. */
  state: z.enum(['planned', 'sent', 'done']),
  externalId: z.string().nullable(),
  /** Digest of the step as it was sent last; another one in the plan = to be updated. */
  applied: z.string().nullable(),
  attempts: z.int(),
  /** Real time: quarantine is measured against the platform, not against the demo's clock. */
  sentAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  /** Real time: when lists were asked for a second object of it, after nothing could land any more. Null or absent = not since it was sent. */
  lookedAt: Instant.nullish(),
})
export type StepRecord = z.infer<typeof StepRecord>

export const Lease = z.object({ fence: z.int(), owner: z.string(), until: Instant })
export type Lease = z.infer<typeof Lease>

export const Desired = z.enum(['active', 'paused', 'closed'])
export type Desired = z.infer<typeof Desired>

/** What the platform said last, in our words. `unknown` until it has spoken. */
export const Confirmed = z.enum(['unknown', 'paused', 'in_review', 'active', 'rejected', 'gone'])
export type Confirmed = z.infer<typeof Confirmed>

/** Among the unsettled calls; no step has this key. */
export const ACTIVATION = '@activation'

/** `campaigns/{c}/channels/{platform}`: one campaign on one platform, driven to its desired state. */
export const Channel = Entity.extend({
  campaignId: Id,
  platform: z.enum(PLATFORMS),
  accountId: z.string(),
  /** The ad account's; campaign days begin and end there. */
  timeZone: z.string(),
  desired: Desired,
  /** Why it is desired so: the cause that the recruiter reads. */
  because: Reason,
  confirmed: Confirmed,
  confirmedAt: Instant.nullable(),
  status: CampaignStatus,
  reason: Reason.nullable(),
  plan: ChannelPlan,
  steps: z.array(StepRecord),
  /** `deliveryMark` of the plan that the platform was last told to deliver. */
  delivered: z.string().nullable(),
  /**
   * Calls without an answer that may still set the ad going or change what it costs: keys of steps, and ACTIVATION. Its share stays
   * reserved until they can no longer land. Absent = none.
   */
  unsettled: z.array(z.string()).nullish(),
  lease: Lease,
  /** Part of the task name: a new one for each intended drive, so that the platform of tasks never swallows it as a duplicate. */
  epoch: z.int(),
  /** Failed drives in a row. */
  failures: z.int(),
  /** When it must be driven again; null = settled. The sweeper looks for those that are late. */
  wakeAt: Instant.nullable(),
  /** Real time: when nothing of ours can land any more, and the platform is looked at once again. Null or absent = nothing is open. */
  strayCheckAt: Instant.nullish(),
  correlationId: z.string(),
}).meta({ id: 'Channel' })
export type Channel = z.infer<typeof Channel>

export const channelId = (campaignId: string, platform: string): string => `${campaignId}/${platform}`

/** `externals/{platform}_{external id}`: which campaign of ours a platform's campaign is. */
export const ExternalLink = Stored.extend({ campaignId: Id })
export type ExternalLink = z.infer<typeof ExternalLink>
export const externalLinkId = (platform: string, externalId: string): string => `${platform}_${externalId}`
