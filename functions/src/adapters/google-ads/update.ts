import { z } from 'zod'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdsApi, Operation } from './ads-api.ts'
import {
  adGroupOperations,
  adOperation,
  endText,
  keywordOperation,
  languageOperation,
  locationOperation,
  nameOf,
  startText,
} from './create.ts'
import type { SearchAd, Tree } from './tree.ts'

const CampaignRow = z.object({
  campaign: z.object({ startDateTime: z.string().default(''), endDateTime: z.string().default('') }),
  campaignBudget: z.object({ resourceName: z.string(), amountMicros: z.coerce.number() }),
})
const CriterionRow = z.object({
  campaignCriterion: z.object({
    resourceName: z.string(),
    location: z.object({ geoTargetConstant: z.string() }).optional(),
    language: z.object({ languageConstant: z.string() }).optional(),
  }),
})
const GroupRow = z.object({ adGroup: z.object({ resourceName: z.string(), name: z.string() }) })
const KeywordRow = z.object({
  adGroupCriterion: z.object({
    resourceName: z.string(),
    adGroup: z.string(),
    keyword: z.object({ text: z.string(), matchType: z.string() }),
  }),
})
const Texts = z.array(z.object({ text: z.string() })).default([])
const AdRow = z.object({
  adGroupAd: z.object({
    resourceName: z.string(),
    adGroup: z.string(),
    ad: z.object({
      finalUrls: z.array(z.string()).default([]),
      responsiveSearchAd: z.object({
        headlines: Texts,
        descriptions: Texts,
        path1: z.string().default(''),
        path2: z.string().default(''),
      }),
    }),
  }),
})

async function all<T extends z.ZodType>(api: AdsApi, row: T, gaql: string): Promise<z.infer<T>[]> {
  const found: z.infer<T>[] = []
  for await (const read of api.rows(gaql)) found.push(row.parse(read))
  return found
}

/** Reads what there is, and sends what differs from the tree as one Mutate; what is so already is not touched. */
export async function updateCampaign(api: AdsApi, id: string, tree: Tree): Promise<void> {
  const operations = [
    ...(await campaignChanges(api, id, tree)),
    ...(await criteriaChanges(api, id, tree)),
    ...(await groupChanges(api, id, tree)),
  ]
  if (operations.length > 0) await api.mutate(operations)
}

async function campaignChanges(api: AdsApi, id: string, tree: Tree): Promise<Operation[]> {
  const [row] = await all(
    api,
    CampaignRow,
    `SELECT campaign.start_date_time, campaign.end_date_time, campaign_budget.resource_name, campaign_budget.amount_micros FROM campaign WHERE campaign.id = ${id} AND campaign.status != 'REMOVED'`,
  )
  if (!row) throw new PlatformFailure('refusal', 'The campaign is no longer on Google Ads')
  const start = startText(tree.startsOn)
  const end = endText(tree.endsOn)
  const changes = {
    // A campaign without a first day has begun already.
    ...(row.campaign.startDateTime && row.campaign.startDateTime !== start && { start_date_time: start }),
    ...(row.campaign.endDateTime !== end && { end_date_time: end }),
  }
  const { resourceName, amountMicros } = row.campaignBudget
  return [
    ...(amountMicros === tree.dailyBudgetMicros
      ? []
      : [update('campaign_budget', resourceName, { amount_micros: tree.dailyBudgetMicros })]),
    ...(Object.keys(changes).length === 0 ? [] : [update('campaign', nameOf(api, 'campaigns', id), changes)]),
  ]
}

async function criteriaChanges(api: AdsApi, id: string, tree: Tree): Promise<Operation[]> {
  const rows = await all(
    api,
    CriterionRow,
    `SELECT campaign_criterion.resource_name, campaign_criterion.location.geo_target_constant, campaign_criterion.language.language_constant FROM campaign_criterion WHERE campaign.id = ${id} AND campaign_criterion.status != 'REMOVED' AND campaign_criterion.type IN ('LOCATION', 'LANGUAGE')`,
  )
  const campaign = nameOf(api, 'campaigns', id)
  const wanted = new Map<string, Operation>([
    ...tree.locations.map(
      (place) => [`geoTargetConstants/${place.id}`, locationOperation(campaign, place.id)] as const,
    ),
    ...tree.languages.map((each) => [`languageConstants/${each.id}`, languageOperation(campaign, each.id)] as const),
  ])
  const there = rows.map(({ campaignCriterion: { resourceName, location, language } }) => ({
    resourceName,
    constant: location?.geoTargetConstant ?? language?.languageConstant ?? '',
  }))
  return [
    ...[...wanted]
      .filter(([constant]) => there.every((each) => each.constant !== constant))
      .map(([, operation]) => operation),
    ...there
      .filter(({ constant }) => !wanted.has(constant))
      .map(({ resourceName }) => remove('campaign_criterion', resourceName)),
  ]
}

async function groupChanges(api: AdsApi, id: string, tree: Tree): Promise<Operation[]> {
  const groups = await all(
    api,
    GroupRow,
    `SELECT ad_group.resource_name, ad_group.name FROM ad_group WHERE campaign.id = ${id} AND ad_group.status != 'REMOVED'`,
  )
  const keywords = await all(
    api,
    KeywordRow,
    `SELECT ad_group_criterion.resource_name, ad_group_criterion.ad_group, ad_group_criterion.keyword.text, ad_group_criterion.keyword.match_type FROM ad_group_criterion WHERE campaign.id = ${id} AND ad_group_criterion.status != 'REMOVED' AND ad_group_criterion.type = 'KEYWORD'`,
  )
  const ads = await all(
    api,
    AdRow,
    `SELECT ad_group_ad.resource_name, ad_group_ad.ad_group, ad_group_ad.ad.final_urls, ad_group_ad.ad.responsive_search_ad.headlines, ad_group_ad.ad.responsive_search_ad.descriptions, ad_group_ad.ad.responsive_search_ad.path1, ad_group_ad.ad.responsive_search_ad.path2 FROM ad_group_ad WHERE campaign.id = ${id} AND ad_group_ad.status != 'REMOVED'`,
  )
  const campaign = nameOf(api, 'campaigns', id)
  const changes = tree.adGroups.flatMap((group, index) => {
    const known = groups.find(({ adGroup }) => adGroup.name === group.name)?.adGroup.resourceName
    if (!known) return adGroupOperations(api, campaign, -1 - index, group)
    const ofGroup = ads.filter(({ adGroupAd }) => adGroupAd.adGroup === known)
    const kept = ofGroup.find(({ adGroupAd }) => isSame(adGroupAd.ad, group.ad))
    const words = keywords.filter(({ adGroupCriterion }) => adGroupCriterion.adGroup === known)
    const keyOf = (text: string, match: string): string => `${match} ${text}`
    const there = new Map(
      words.map(({ adGroupCriterion: { keyword, resourceName } }) => [
        keyOf(keyword.text, keyword.matchType),
        resourceName,
      ]),
    )
    const wanted = new Set(group.keywords.map(({ text, match }) => keyOf(text, match)))
    return [
      ...(kept ? [] : [adOperation(known, group.ad)]),
      ...ofGroup.filter((ad) => ad !== kept).map(({ adGroupAd }) => remove('ad_group_ad', adGroupAd.resourceName)),
      ...group.keywords
        .filter(({ text, match }) => !there.has(keyOf(text, match)))
        .map((keyword) => keywordOperation(known, keyword)),
      ...[...there]
        .filter(([key]) => !wanted.has(key))
        .map(([, resourceName]) => remove('ad_group_criterion', resourceName)),
    ]
  })
  const surplus = groups.filter(({ adGroup }) => tree.adGroups.every(({ name }) => name !== adGroup.name))
  return [...changes, ...surplus.map(({ adGroup }) => remove('ad_group', adGroup.resourceName))]
}

const isSame = (
  { finalUrls, responsiveSearchAd: texts }: z.infer<typeof AdRow>['adGroupAd']['ad'],
  ad: SearchAd,
): boolean =>
  JSON.stringify([
    finalUrls,
    texts.headlines.map(({ text }) => text),
    texts.descriptions.map(({ text }) => text),
    texts.path1,
    texts.path2,
  ]) === JSON.stringify([[ad.finalUrl], ad.headlines, ad.descriptions, ad.path1, ad.path2])

const update = (entity: 'campaign' | 'campaign_budget', name: string, changes: Record<string, unknown>): Operation => ({
  entity,
  operation: 'update',
  resource: { resource_name: name, ...changes },
})

const remove = (entity: Operation['entity'], name: string): Operation => ({
  entity,
  operation: 'remove',
  resource: name,
})
