import type { Campaign } from '#domain/campaign.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import { type Answer, useAnswer } from '../../api/use-answer.ts'
import { useFormat } from '../../i18n/language.tsx'

interface Plan {
  channels: Record<string, ChannelPlan>
}

/** What publishing would do now, and the most it can cost over all platforms. Null asks nothing. */
export function usePlan(campaign: Pick<Campaign, 'id'> | null): Answer<Plan> & { most: string } {
  const format = useFormat()
  const answer = useAnswer<Plan>(campaign && `/v1/campaigns/${campaign.id}/plan`)
  const plans = answer.data ? Object.values(answer.data.channels) : []
  return { ...answer, most: plans.length > 0 ? plans.map((plan) => format.money(plan.mostItCanCost)).join(' + ') : '—' }
}
