import { enums } from 'google-ads-api'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdsApi, Operation } from './ads-api.ts'
import type { Keyword, SearchAd, Tree } from './tree.ts'

/** Resource names of one account; a negative id stands for what the same Mutate creates. */
export const nameOf = (api: AdsApi, collection: string, id: string | number): string =>
  `customers/${api.customerId}/${collection}/${id}`

/** Date and time as Google writes them, in the account's zone: campaigns begin and end with whole days. */
export const startText = (day: string): string => `${day} 00:00:00`
export const endText = (day: string): string => `${day} 23:59:59`

const BUDGET = -1
const CAMPAIGN = -2
const FIRST_GROUP = -3

/** The whole campaign, paused, as one set of operations. */
function operationsOf(api: AdsApi, tree: Tree, startsToday: boolean): Operation[] {
  const campaign = nameOf(api, 'campaigns', CAMPAIGN)
  const budget = nameOf(api, 'campaignBudgets', BUDGET)
  return [
    {
      entity: 'campaign_budget',
      operation: 'create',
      resource: {
        resource_name: budget,
        name: tree.name,
        delivery_method: enums.BudgetDeliveryMethod.STANDARD,
        amount_micros: tree.dailyBudgetMicros,
        explicitly_shared: false,
      },
    },
    {
      entity: 'campaign',
      operation: 'create',
      resource: {
        resource_name: campaign,
        name: tree.name,
        advertising_channel_type: enums.AdvertisingChannelType.SEARCH,
        status: enums.CampaignStatus.PAUSED,
        campaign_budget: budget,
        target_spend: {},
        contains_eu_political_advertising: enums.EuPoliticalAdvertisingStatus.DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING,
        network_settings: { target_google_search: true, target_search_network: false, target_content_network: false },
        // People who are there, not people who read about it.
        geo_target_type_setting: { positive_geo_target_type: enums.PositiveGeoTargetType.PRESENCE },
        final_url_suffix: tree.urlSuffix,
        ...(!startsToday && { start_date_time: startText(tree.startsOn) }),
        end_date_time: endText(tree.endsOn),
      },
    },
    ...tree.locations.map(({ id }) => locationOperation(campaign, id)),
    ...tree.languages.map(({ id }) => languageOperation(campaign, id)),
    ...tree.adGroups.flatMap((group, index) => adGroupOperations(api, campaign, FIRST_GROUP - index, group)),
  ]
}

export const locationOperation = (campaign: string, id: string): Operation => ({
  entity: 'campaign_criterion',
  operation: 'create',
  resource: { campaign, location: { geo_target_constant: `geoTargetConstants/${id}` } },
})
export const languageOperation = (campaign: string, id: string): Operation => ({
  entity: 'campaign_criterion',
  operation: 'create',
  resource: { campaign, language: { language_constant: `languageConstants/${id}` } },
})

/** An ad group with its ad and keywords; they run as soon as their campaign does. */
export function adGroupOperations(
  api: AdsApi,
  campaign: string,
  temporaryId: number,
  { name, keywords, ad }: Tree['adGroups'][number],
): Operation[] {
  const group = nameOf(api, 'adGroups', temporaryId)
  return [
    {
      entity: 'ad_group',
      operation: 'create',
      resource: {
        resource_name: group,
        name,
        campaign,
        type: enums.AdGroupType.SEARCH_STANDARD,
        status: enums.AdGroupStatus.ENABLED,
      },
    },
    adOperation(group, ad),
    ...keywords.map((keyword) => keywordOperation(group, keyword)),
  ]
}

export const adOperation = (group: string, ad: SearchAd): Operation => ({
  entity: 'ad_group_ad',
  operation: 'create',
  resource: {
    ad_group: group,
    status: enums.AdGroupAdStatus.ENABLED,
    ad: {
      final_urls: [ad.finalUrl],
      responsive_search_ad: {
        headlines: ad.headlines.map((text) => ({ text })),
        descriptions: ad.descriptions.map((text) => ({ text })),
        path1: ad.path1,
        ...(ad.path2 && { path2: ad.path2 }),
      },
    },
  },
})

export const keywordOperation = (group: string, { text, match }: Keyword): Operation => ({
  entity: 'ad_group_criterion',
  operation: 'create',
  resource: {
    ad_group: group,
    status: enums.AdGroupCriterionStatus.ENABLED,
    keyword: { text, match_type: enums.KeywordMatchType[match] },
  },
})

/**
 * Creates the campaign whole or not at all; answers its id, '' for a validation. A first day that has passed meanwhile is left out:
 * Google refuses it, and without one a campaign begins when it is switched on.
 */
export async function createCampaign(api: AdsApi, tree: Tree, options = { validateOnly: false }): Promise<string> {
  const send = (startsToday: boolean) => api.mutate(operationsOf(api, tree, startsToday), options)
  const names = await send(false).catch((failure: unknown) => {
    if (failure instanceof PlatformFailure && isPast(failure)) return send(true)
    throw failure
  })
  if (options.validateOnly) return ''
  const id = names.map((name) => /\/campaigns\/(\d+)$/.exec(name)?.[1]).find(Boolean)
  if (!id) throw new PlatformFailure('ambiguous', 'mutate: the answer names no campaign')
  return id
}

/** Refused for a date in the past; an end that has passed is refused again without the start. */
export const isPast = ({ details }: PlatformFailure): boolean =>
  details.code === 'campaign_error/CANNOT_SET_DATE_TO_PAST'
