import { z } from 'zod'
import type { PlatformState } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'

const CampaignRow = z.object({ campaign: z.object({ id: z.coerce.string(), status: z.string() }) })
const IdRow = z.object({ campaign: z.object({ id: z.coerce.string() }) })
const Topic = z.object({
  topic: z.string().default(''),
  evidences: z.array(z.object({ textList: z.object({ texts: z.array(z.string()) }).optional() })).default([]),
})
const AdRow = z.object({
  adGroupAd: z.object({
    policySummary: z
      .object({
        reviewStatus: z.string().default('UNKNOWN'),
        approvalStatus: z.string().default('UNKNOWN'),
        policyTopicEntries: z.array(Topic).default([]),
      })
      .default({ reviewStatus: 'UNKNOWN', approvalStatus: 'UNKNOWN', policyTopicEntries: [] }),
  }),
})
type Policy = z.infer<typeof AdRow>['adGroupAd']['policySummary']

const SERVING = ['APPROVED', 'APPROVED_LIMITED', 'AREA_OF_INTEREST_ONLY']

/** What the platform says of a campaign: its own status, and what the reviews of its ads found. */
export async function channelState(api: AdsApi, id: string): Promise<PlatformState> {
  let status: string | undefined
  for await (const row of api.rows(`SELECT campaign.id, campaign.status FROM campaign WHERE campaign.id = ${id}`))
    status = CampaignRow.parse(row).campaign.status
  if (status === undefined || status === 'REMOVED')
    return { confirmed: 'gone', message: 'It was removed on Google Ads.' }
  if (status !== 'ENABLED') return { confirmed: 'paused', message: null }
  const policies: Policy[] = []
  const gaql = `SELECT ad_group_ad.policy_summary.review_status, ad_group_ad.policy_summary.approval_status, ad_group_ad.policy_summary.policy_topic_entries FROM ad_group_ad WHERE campaign.id = ${id} AND ad_group_ad.status = 'ENABLED' AND ad_group.status = 'ENABLED'`
  for await (const row of api.rows(gaql)) policies.push(AdRow.parse(row).adGroupAd.policySummary)
  // A campaign without an ad that may run shows nothing.
  if (policies.length === 0) return { confirmed: 'paused', message: null }
  if (policies.some(({ approvalStatus }) => SERVING.includes(approvalStatus)))
    return { confirmed: 'active', message: null }
  if (policies.every(({ approvalStatus }) => approvalStatus === 'DISAPPROVED'))
    return { confirmed: 'rejected', message: sentences(policies) }
  return { confirmed: 'in_review', message: null }
}

/** The reviewer's topics, with what was found where Google shows it. */
function sentences(policies: readonly Policy[]): string | null {
  const found = policies.flatMap(({ policyTopicEntries }) =>
    policyTopicEntries.map(({ topic, evidences }) => {
      const texts = evidences.flatMap(({ textList }) => textList?.texts ?? [])
      const name = topic.replaceAll('_', ' ').toLowerCase()
      return texts.length > 0 ? `${name}: ${texts.join(' ')}` : name
    }),
  )
  return [...new Set(found)].join(' ') || null
}

/** Campaigns of the account that show nothing: two queries, however many there are. */
export async function stoppedCampaigns(api: AdsApi): Promise<string[]> {
  const found = new Set<string>()
  const queries = [
    `SELECT campaign.id FROM campaign WHERE campaign.status IN ('PAUSED', 'REMOVED')`,
    `SELECT campaign.id FROM ad_group_ad WHERE ad_group_ad.policy_summary.approval_status = 'DISAPPROVED' AND ad_group_ad.status = 'ENABLED' AND campaign.status = 'ENABLED'`,
  ]
  for (const gaql of queries) for await (const row of api.rows(gaql)) found.add(IdRow.parse(row).campaign.id)
  return [...found]
}
