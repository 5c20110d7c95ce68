import { hasBudget } from '../delivery/spans.ts'
import type { Account, Fields } from '../events.ts'
import { current, type Thing, text } from '../world.ts'
import { dsaOf, targetingOf } from './adset-targeting.ts'
import type { Call } from './call.ts'
import { BID_STRATEGIES, checkMinimum, NEW_STATUSES, twoBudgets } from './campaign-rules.ts'
import { EVENT_TYPES } from './conversion-events.ts'
import { invalid, notImitated, required, wrongValue } from './errors.ts'
import { instantOf, minorOf, nameOf, neededString, objectOf, oneOf, sortParams, stringOf } from './values.ts'

/** https://developers.facebook.com/docs/marketing-api/reference/ad-campaign, v24.0 */
const KNOWN = [
  'name',
  'campaign_id',
  'status',
  'daily_budget',
  'lifetime_budget',
  'billing_event',
  'optimization_goal',
  'bid_strategy',
  'promoted_object',
  'destination_type',
  'targeting',
  'start_time',
  'end_time',
  'dsa_beneficiary',
  'dsa_payor',
  'attribution_spec',
  'pacing_type',
]
const UNIMITATED = [
  'bid_amount',
  'bid_constraints',
  'daily_min_spend_target',
  'daily_spend_cap',
  'lifetime_min_spend_target',
  'lifetime_spend_cap',
  'adset_schedule',
  'frequency_control_specs',
  'rf_prediction_id',
  'is_dynamic_creative',
  'budget_schedule_specs',
  'adlabels',
  'regional_regulated_categories',
  'source_adset_id',
]
/** Which performance goals each objective has, as far as websites go. */
const GOALS: Record<string, readonly string[]> = {
  OUTCOME_TRAFFIC: ['LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH', 'IMPRESSIONS'],
  OUTCOME_LEADS: ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH', 'IMPRESSIONS'],
  OUTCOME_SALES: ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH', 'IMPRESSIONS'],
  OUTCOME_ENGAGEMENT: ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH', 'IMPRESSIONS'],
  OUTCOME_AWARENESS: ['REACH', 'IMPRESSIONS'],
}
const OTHER_GOALS = ['LEAD_GENERATION', 'QUALITY_LEAD', 'CONVERSATIONS', 'VALUE', 'THRUPLAY', 'POST_ENGAGEMENT']
const BILLING = ['IMPRESSIONS', 'LINK_CLICKS'] as const
const DAY_MS = 86_400_000

/** An ad set's fields from the parameters of its creation. */
export function newAdset(call: Call, account: Account): Fields {
  const { params } = call
  sortParams(call, KNOWN, UNIMITATED)
  const name = nameOf(params)
  const campaign = campaignFor(call, account)
  const above = current(campaign)
  const billing = oneOf(params, 'billing_event', BILLING)
  if (!billing) throw required('billing_event')
  const goal = goalOf(call, text(above.objective), billing)
  const bid = oneOf(params, 'bid_strategy', BID_STRATEGIES) ?? 'LOWEST_COST_WITHOUT_CAP'
  if (bid !== 'LOWEST_COST_WITHOUT_CAP') throw notImitated(`bid_strategy ${bid}`)
  const destination = stringOf(params, 'destination_type') ?? 'UNDEFINED'
  if (destination !== 'WEBSITE' && destination !== 'UNDEFINED') throw notImitated(`destination_type ${destination}`)
  const schedule = scheduleOf(call, account)
  const targeting = targetingOf(call, account, above)
  return {
    name,
    campaign_id: campaign.id,
    status: oneOf(params, 'status', NEW_STATUSES) ?? 'ACTIVE',
    billing_event: billing,
    optimization_goal: goal,
    bid_strategy: bid,
    destination_type: destination,
    ...promoted(call, account, goal),
    targeting,
    ...schedule,
    ...budgetOf(call, account, above, billing, schedule),
    ...dsaOf(call, account, targeting),
    ...(params.attribution_spec === undefined ? {} : { attribution_spec: params.attribution_spec }),
  }
}

function campaignFor(call: Call, account: Account): Thing {
  const id = neededString(call.params, 'campaign_id')
  const campaign = call.world.things.get(id)
  if (campaign?.kind !== 'campaign' || campaign.account !== account.id)
    throw invalid(
      1487390,
      'Campaign unavailable',
      `The campaign ${id} does not exist in this ad account.`,
      'campaign_id',
    )
  const status = text(current(campaign).status)
  if (status === 'DELETED' || status === 'ARCHIVED')
    throw invalid(
      1487056,
      'Campaign is deleted',
      'Ad sets cannot be added to a deleted or archived campaign.',
      'campaign_id',
    )
  return campaign
}

function goalOf(call: Call, objective: string, billing: string): string {
  const goal = neededString(call.params, 'optimization_goal')
  const allowed = GOALS[objective] ?? []
  const all = [...new Set([...Object.values(GOALS).flat(), ...OTHER_GOALS])]
  if (!all.includes(goal)) throw wrongValue('optimization_goal', all)
  if (OTHER_GOALS.includes(goal)) throw notImitated(`optimization_goal ${goal}`)
  if (!allowed.includes(goal))
    throw invalid(
      2490408,
      "Performance goal isn't available",
      `You can't use the selected performance goal (${goal}) with your campaign objective (${objective}).`,
      'optimization_goal',
    )
  if (billing === 'LINK_CLICKS' && goal !== 'LINK_CLICKS')
    throw invalid(
      1487390,
      'Billing event not available',
      `With the performance goal ${goal} you are charged for impressions.`,
      'billing_event',
    )
  return goal
}

/** What counts as a result: a pixel of this account and one of its events. */
function promoted(call: Call, account: Account, goal: string): Fields {
  const given = objectOf(call.params, 'promoted_object')
  if (!given) {
    if (goal === 'OFFSITE_CONVERSIONS')
      throw invalid(
        1885014,
        'Promoted object missing',
        'This performance goal needs a promoted_object with pixel_id and custom_event_type.',
        'promoted_object',
      )
    return {}
  }
  const { pixel_id, page_id, custom_event_type, custom_event_str } = given
  if (page_id !== undefined && text(page_id) !== account.pageId)
    throw invalid(1487202, 'Page unavailable', `The page ${text(page_id)} cannot be promoted by this ad account.`)
  if (pixel_id === undefined) {
    if (goal === 'OFFSITE_CONVERSIONS') throw required('promoted_object[pixel_id]')
    return { promoted_object: given }
  }
  if (text(pixel_id) !== account.pixelId)
    throw invalid(1815645, 'Pixel unavailable', `This ad account has no pixel ${text(pixel_id)}.`, 'promoted_object')
  if (!EVENT_TYPES.includes(text(custom_event_type)))
    throw wrongValue('promoted_object[custom_event_type]', EVENT_TYPES)
  if (text(custom_event_type) === 'OTHER' && !text(custom_event_str))
    throw required('promoted_object[custom_event_str]')
  return { promoted_object: { ...given, pixel_id: text(pixel_id) } }
}

function scheduleOf(call: Call, account: Account): { start_time: number; end_time?: number } {
  const start = instantOf(call.params, 'start_time', account.timezone) ?? call.now
  const end = instantOf(call.params, 'end_time', account.timezone)
  if (end === undefined) return { start_time: start }
  checkEnd(end, start, call.now)
  if (call.params.daily_budget !== undefined && end - Math.max(start, call.now) < DAY_MS)
    throw invalid(
      1487033,
      'Ad set is too short',
      'An ad set with a daily budget must run for at least 24 hours.',
      'end_time',
    )
  return { start_time: start, end_time: end }
}

export function checkEnd(end: number, start: number, now: number): void {
  if (end <= start)
    throw invalid(1487033, 'Invalid end date', "The ad set's end date must be after its start date.", 'end_time')
  if (end <= now) throw invalid(1487007, 'Invalid end date', "The ad set's end date must be in the future.", 'end_time')
}

function budgetOf(
  call: Call,
  account: Account,
  campaign: Fields,
  billing: string,
  schedule: { start_time: number; end_time?: number },
): Fields {
  const daily = minorOf(call.params, 'daily_budget')
  const lifetime = minorOf(call.params, 'lifetime_budget')
  const given = daily !== undefined || lifetime !== undefined
  if ((daily !== undefined && lifetime !== undefined) || (given && hasBudget(campaign))) throw twoBudgets()
  if (!given && !hasBudget(campaign))
    throw invalid(
      1487061,
      'Budget missing',
      'Set a daily budget or a lifetime budget on the ad set, because its campaign has none.',
      'daily_budget',
    )
  const needsEnd = lifetime !== undefined || campaign.lifetime_budget !== undefined
  if (needsEnd && schedule.end_time === undefined)
    throw invalid(1487094, 'End date missing', 'A lifetime budget needs an end date (end_time).', 'end_time')
  if (daily !== undefined) {
    checkMinimum(daily, account, billing, 1)
    return { daily_budget: daily }
  }
  if (lifetime === undefined) return {}
  const days = ((schedule.end_time ?? 0) - Math.max(schedule.start_time, call.now)) / DAY_MS
  checkMinimum(lifetime, account, billing, days)
  return { lifetime_budget: lifetime }
}
