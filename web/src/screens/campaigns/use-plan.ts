import type { Campaign } from '#domain/campaign.ts'
import type { Money } from '#domain/money.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import type { PlannedChange } from '#domain/plan-changes.ts'
import { type Answer, useAnswer } from '../../api/use-answer.ts'

export interface CampaignPlan {
  /** Names this very plan: publishing with it is refused once another one holds. */
  plan: string
  /** By platform, as `changes`. */
  channels: Record<string, ChannelPlan>
  changes: Record<string, PlannedChange[]>
  mostItCanCost: Money
  mostOnOneDay: Money
}

/** What publishing would do now; asked again when the campaign has another version. */
export const usePlan = ({ id, version }: Pick<Campaign, 'id' | 'version'>): Answer<CampaignPlan> =>
  useAnswer<CampaignPlan>(`/v1/campaigns/${id}/plan`, version)
