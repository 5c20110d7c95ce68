import { z } from 'zod'
import type { PlatformState } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'
import { everything } from './everything.ts'
import { unreadable } from './failure.ts'

const ALL_STATES = 'enabled,paused,archived'
const LIVE = 'AD_STATUS_LIVE'
const PENDING = 'AD_POLICING_PENDING_REVIEW'
const SUSPENDED = 'AD_POLICING_SUSPENDED'

const Campaign = z.object({ state: z.string() })
const Ads = z.array(z.object({ campaignId: z.string(), servingStatus: z.string() }))
const Reviews = z.array(z.object({ policyViolations: z.array(z.object({ policyDescription: z.string() })).nullish() }))

/** Without ads the campaign stands alone, and its own state is all there is to say. */
export async function stateOf(api: AdsApi, campaignId: string, adIds: readonly string[]): Promise<PlatformState> {
  const query = { campaignIdFilter: campaignId, stateFilter: ALL_STATES }
  const [raw] = await everything(api, '/sd/campaigns', query)
  if (raw === undefined) return { confirmed: 'gone', message: 'Amazon does not know it any more.' }
  const campaign = Campaign.safeParse(raw)
  if (!campaign.success) throw unreadable(true, 'GET /sd/campaigns')
  if (campaign.data.state === 'archived') return { confirmed: 'gone', message: 'It was archived on Amazon.' }
  if (campaign.data.state === 'paused') return { confirmed: 'paused', message: null }
  if (adIds.length === 0) return { confirmed: 'active', message: null }
  const ads = adsIn(
    await everything(api, '/sd/productAds/extended', { adIdFilter: adIds.join(','), stateFilter: ALL_STATES }),
  )
  if (ads.some(({ servingStatus }) => servingStatus === LIVE)) return { confirmed: 'active', message: null }
  if (ads.length > 0 && ads.every(({ servingStatus }) => servingStatus === SUSPENDED))
    return { confirmed: 'rejected', message: await objections(api, campaignId) }
  if (ads.some(({ servingStatus }) => servingStatus === PENDING)) return { confirmed: 'in_review', message: null }
  return { confirmed: 'paused', message: null }
}

function adsIn(found: unknown): z.infer<typeof Ads> {
  const ads = Ads.safeParse(found)
  if (!ads.success) throw unreadable(true, 'GET /sd/productAds/extended')
  return ads.data
}

/** What the review objects to, in Amazon's words. */
async function objections(api: AdsApi, campaignId: string): Promise<string | null> {
  const groups = await everything(api, '/sd/adGroups', { campaignIdFilter: campaignId })
  const { body } = await api.call({
    method: 'GET',
    path: '/sd/moderation/creatives',
    query: { language: 'en_US', adGroupIdFilter: groups.map((group) => String(group.adGroupId)).join(',') },
  })
  const reviews = Reviews.catch([]).parse(body)
  const said = reviews.flatMap(({ policyViolations }) => policyViolations ?? []).map((v) => v.policyDescription)
  return [...new Set(said)].join(' ') || null
}

/** Campaigns that were paused or archived, and those whose ads were refused. */
export async function stoppedCampaigns(api: AdsApi): Promise<string[]> {
  const halted = await everything(api, '/sd/campaigns', { stateFilter: 'paused,archived' })
  const ads = adsIn(await everything(api, '/sd/productAds/extended', { stateFilter: 'enabled' }))
  const refused = ads.filter(({ servingStatus }) => servingStatus === SUSPENDED)
  return [...new Set([...halted.map((campaign) => String(campaign.campaignId)), ...refused.map((ad) => ad.campaignId)])]
}
