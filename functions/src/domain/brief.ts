import { z } from 'zod'
import { Campaign } from './campaign.ts'
import { Job } from './job.ts'
import { Money } from './money.ts'
import { Segment } from './segment.ts'

/** What a plan is made from. */
export const Brief = z.object({
  org: z.string(),
  campaign: Campaign,
  job: Job,
  segments: z.array(Segment),
  /** This channel's share of the campaign's daily budget. */
  dailyBudget: Money,
  /** Where the ad's link leads: our tracker. */
  clickUrl: z.string(),
  /** The account's own id of the campaign's image, as `keepImage` gave it; null = no image. */
  image: z.string().nullable(),
  /** The ad account's zone: campaign days begin and end there. */
  timeZone: z.string(),
})
export type Brief = z.infer<typeof Brief>
