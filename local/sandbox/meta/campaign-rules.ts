import { COUNTRIES } from '../data/countries.ts'
import { minimumBudgets } from '../data/currencies.ts'
import type { Account, Fields } from '../events.ts'
import { text } from '../world.ts'
import type { Call } from './call.ts'
import { GraphError, invalid, notImitated, required, wrongType, wrongValue } from './errors.ts'
import { booleanOf, listOf, minorOf, moneyText, nameOf, neededString, oneOf, sortParams } from './values.ts'

/** https://developers.facebook.com/docs/marketing-api/reference/ad-campaign-group, v24.0 */
const OBJECTIVES = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const
const CATEGORIES = [
  'NONE',
  'EMPLOYMENT',
  'HOUSING',
  'CREDIT',
  'ISSUES_ELECTIONS_POLITICS',
  'ONLINE_GAMBLING_AND_GAMING',
  'FINANCIAL_PRODUCTS_SERVICES',
] as const
export const BID_STRATEGIES = [
  'LOWEST_COST_WITHOUT_CAP',
  'LOWEST_COST_WITH_BID_CAP',
  'COST_CAP',
  'LOWEST_COST_WITH_MIN_ROAS',
] as const
export const NEW_STATUSES = ['ACTIVE', 'PAUSED'] as const

const KNOWN = [
  'name',
  'objective',
  'status',
  'special_ad_categories',
  'special_ad_category_country',
  'buying_type',
  'daily_budget',
  'lifetime_budget',
  'bid_strategy',
  'is_adset_budget_sharing_enabled',
]
const UNIMITATED = ['spend_cap', 'promoted_object', 'budget_schedule_specs', 'source_campaign_id', 'adlabels']

/** A campaign's fields from the parameters of its creation. Names need not be unique. */
export function newCampaign(call: Call, account: Account): Fields {
  const { params } = call
  sortParams(call, KNOWN, UNIMITATED)
  const categories = categoriesOf(call)
  const name = nameOf(params)
  const objective = objectiveOf(call)
  const buying = oneOf(params, 'buying_type', ['AUCTION', 'RESERVED'])
  if (buying === 'RESERVED') throw notImitated('buying_type RESERVED')
  const budget = campaignBudget(call, account)
  return {
    name,
    objective,
    status: oneOf(params, 'status', NEW_STATUSES) ?? 'ACTIVE',
    buying_type: 'AUCTION',
    special_ad_categories: categories,
    special_ad_category: categories[0] ?? 'NONE',
    special_ad_category_country: countriesOf(call, categories),
    ...budget,
  }
}

function objectiveOf(call: Call): string {
  const objective = neededString(call.params, 'objective')
  if (!OBJECTIVES.some((known) => known === objective)) throw wrongValue('objective', OBJECTIVES)
  if (objective === 'OUTCOME_APP_PROMOTION') throw notImitated('objective OUTCOME_APP_PROMOTION')
  return objective
}

function categoriesOf(call: Call): string[] {
  const given = call.params.special_ad_categories
  if (given === undefined) throw required('special_ad_categories')
  const list = (typeof given === 'string' ? [given] : (listOf(call.params, 'special_ad_categories') ?? [])).map(text)
  for (const category of list)
    if (!CATEGORIES.some((known) => known === category)) throw wrongValue('special_ad_categories', CATEGORIES)
  return list.filter((category) => category !== 'NONE')
}

function countriesOf(call: Call, categories: string[]): string[] {
  const countries = (listOf(call.params, 'special_ad_category_country') ?? []).map(text)
  for (const code of countries)
    if (!COUNTRIES.has(code)) throw wrongType('special_ad_category_country', `a list of country codes; ${code} is none`)
  if (categories.length > 0 && countries.length === 0)
    throw invalid(
      2909034,
      'Special Ad Category country missing',
      'Choose the countries in which ads of a special category will be shown (special_ad_category_country).',
      'special_ad_category_country',
    )
  return countries
}

function campaignBudget(call: Call, account: Account): Fields {
  const { params } = call
  const daily = minorOf(params, 'daily_budget')
  const lifetime = minorOf(params, 'lifetime_budget')
  if (daily !== undefined && lifetime !== undefined) throw twoBudgets()
  if (daily === undefined && lifetime === undefined) {
    const sharing = booleanOf(params, 'is_adset_budget_sharing_enabled')
    if (sharing === undefined && call.version >= 24)
      throw new GraphError(100, 'Invalid parameter', {
        subcode: 4834011,
        title: 'Must specify True or False in is_adset_budget_sharing_enabled field',
        say: 'Must specify True or False in is_adset_budget_sharing_enabled field if you are not using campaign budget.',
        blame: ['is_adset_budget_sharing_enabled'],
      })
    if (sharing) throw notImitated('is_adset_budget_sharing_enabled true')
    return { is_adset_budget_sharing_enabled: false }
  }
  const bid = oneOf(params, 'bid_strategy', BID_STRATEGIES) ?? 'LOWEST_COST_WITHOUT_CAP'
  if (bid !== 'LOWEST_COST_WITHOUT_CAP') throw notImitated(`bid_strategy ${bid} on a campaign`)
  if (daily !== undefined) {
    checkMinimum(daily, account, 'IMPRESSIONS', 1)
    return { daily_budget: daily, bid_strategy: bid }
  }
  checkMinimum(lifetime ?? '0', account, 'IMPRESSIONS', 1)
  return { lifetime_budget: lifetime ?? '0', bid_strategy: bid }
}

export const twoBudgets = (): GraphError =>
  invalid(
    1885621,
    'Budget conflict',
    'Set either a daily budget or a lifetime budget, on the campaign or on its ad sets, not more than one of them.',
    'daily_budget',
    'lifetime_budget',
  )

/** Refuses a budget below what the account's currency requires for so many days. */
export function checkMinimum(minor: string, account: Account, billing: string, days: number): void {
  const least = minimumBudgets(account.currency)
  const perDay = billing === 'LINK_CLICKS' ? least.min_daily_budget_high_freq : least.min_daily_budget_imp
  const needed = Math.ceil(perDay * Math.max(1, days))
  if (Number(minor) < needed)
    throw invalid(
      1885272,
      'Budget is too low',
      `Your ad set budget must be more than ${moneyText(needed, account.currency)} or your ads may not be delivered.`,
      'daily_budget',
    )
}
