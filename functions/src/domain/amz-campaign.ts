import { z } from 'zod'
import { Reason } from './campaign.ts'
import { StepRecord } from './channel.ts'
import { Stored } from './entity.ts'
import { Money } from './money.ts'
import { Instant } from './time.ts'

/** The four words of the AMZ interface; FEATURES.md A24 says which of ours each stands for. */
export const AMZ_STATUSES = ['PENDING', 'PROCESSING', 'ACTIVE', 'FAILED'] as const

/** A campaign that another system asked for by name, budget and keywords alone, without a job: no campaign of ours. */
export const AmzCampaign = Stored.extend({
  name: z.string().min(1).max(100),
  /** A day's, in the profile's currency. */
  budget: Money,
  /** As they came. Sponsored Display has no keywords: they are kept and shown, and target nothing. */
  keywords: z.string().max(1000),
  status: z.enum(AMZ_STATUSES),
  reason: Reason.nullable(),
  /** "AMZ-" and five characters of the platform id's hash; kept from the first time on. */
  externalId: z.string().nullable(),
  /** The one object on the platform. */
  step: StepRecord,
  /** When the platform took our activation: paused after that is somebody else's decision. */
  enabledAt: Instant.nullable(),
  /** Of the task that may act; each refresh has its own. */
  epoch: z.int(),
  failures: z.int(),
  /** When it is to be looked at again; null = settled for good. */
  wakeAt: Instant.nullable(),
  createdAt: Instant,
  correlationId: z.string(),
})
export type AmzCampaign = z.infer<typeof AmzCampaign>
