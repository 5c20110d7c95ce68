import { z } from 'zod'
import { majorText, minimumBudgets } from '../data/currencies.ts'
import type { Account, Fields } from '../events.ts'
import { current, text } from '../world.ts'
import { dateOf, dayAt, dayNumber, dayStart } from '../zone.ts'
import { invalidRow } from './errors.ts'
import { marketTargeting } from './join.ts'
import {
  Amount,
  above,
  Day,
  Id,
  minorOf,
  Name,
  NewState,
  native,
  type Resource,
  read,
  STATES,
  State,
} from './resource.ts'

function budgetOf(account: Account, budget: number): Fields {
  const minor = minorOf(account, budget, 'budget')
  const least = minimumBudgets(account.currency).min_daily_budget_imp
  if (minor < least)
    throw invalidRow(
      `budget: the daily budget must be at least ${majorText(least, account.currency)} ${account.currency}`,
    )
  return { daily_budget: String(minor) }
}

const dayOf = (yyyymmdd: string, field: string): number => {
  const day = dayNumber(yyyymmdd.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
  if (day === undefined) throw invalidRow(`${field}: ${yyyymmdd} is no date`)
  return day
}

/** The world's instants for a campaign's days, which begin and end in the profile's zone. */
function timesOf(account: Account, startDate: string, endDate: string): Fields {
  const start = dayOf(startDate, 'startDate')
  const end = endDate === '' ? undefined : dayOf(endDate, 'endDate')
  if (end !== undefined && end < start) throw invalidRow('endDate: must not be before startDate')
  return {
    start_time: dayStart(start, account.timezone),
    end_time: end === undefined ? Number.MAX_SAFE_INTEGER : dayStart(end + 1, account.timezone),
  }
}

const NewCampaign = z.strictObject({
  name: Name,
  tactic: z.literal('T00030', 'must be T00030: the sandbox imitates audiences alone'),
  costType: z.enum(['cpc', 'vcpm']).default('cpc'),
  budgetType: z.literal('daily'),
  budget: Amount,
  startDate: Day,
  endDate: Day.optional(),
  state: NewState,
})
const CampaignChange = z.strictObject({
  campaignId: Id,
  name: Name.optional(),
  budget: Amount.optional(),
  startDate: Day.optional(),
  endDate: Day.optional(),
  state: State.optional(),
})

export const campaign: Resource = {
  kind: 'campaign',
  idField: 'campaignId',
  create: (world, account, raw) => {
    const given = read(NewCampaign, raw)
    if (dayOf(given.startDate, 'startDate') < dayAt(world.now(), account.timezone))
      throw invalidRow(
        `startDate: ${given.startDate} has passed; today is ${dateOf(dayAt(world.now(), account.timezone))}`,
      )
    return {
      name: given.name,
      status: STATES[given.state],
      objective: 'OUTCOME_TRAFFIC',
      ...budgetOf(account, given.budget),
      ...timesOf(account, given.startDate, given.endDate ?? ''),
      amazon: { ...given, country: account.country ?? 'US' } as Fields,
    }
  },
  change: (_world, account, thing, raw) => {
    const { campaignId: _id, ...given } = read(CampaignChange, raw)
    const next = { ...native(thing), ...given }
    return {
      name: text(next.name),
      status: STATES[State.parse(next.state)],
      ...budgetOf(account, Number(next.budget)),
      ...timesOf(account, text(next.startDate), text(next.endDate)),
      amazon: next as Fields,
    }
  },
}

const GOALS = { clicks: 'LINK_CLICKS', conversions: 'OFFSITE_CONVERSIONS', reach: 'REACH' } as const
const NewAdGroup = z.strictObject({
  name: Name,
  campaignId: Id,
  defaultBid: Amount,
  bidOptimization: z.enum(['clicks', 'conversions', 'reach']).default('clicks'),
  tactic: z.literal('T00030').optional(),
  creativeType: z.literal('IMAGE').default('IMAGE'),
  state: NewState,
})
const AdGroupChange = z.strictObject({
  adGroupId: Id,
  name: Name.optional(),
  defaultBid: Amount.optional(),
  state: State.optional(),
})

export const adGroup: Resource = {
  kind: 'adset',
  idField: 'adGroupId',
  create: (world, account, raw) => {
    const given = read(NewAdGroup, raw)
    const parent = above(world, account, 'campaign', given.campaignId)
    if (given.defaultBid > Number(native(parent).budget)) throw invalidRow('defaultBid: exceeds the campaign’s budget')
    const { start_time, end_time } = current(parent)
    return {
      name: given.name,
      campaign_id: parent.id,
      status: STATES[given.state],
      optimization_goal: GOALS[given.bidOptimization],
      promoted_object: { custom_event_type: 'SUBMIT_APPLICATION' },
      targeting: marketTargeting([account.country ?? 'US'], []),
      start_time: start_time ?? 0,
      end_time: end_time ?? Number.MAX_SAFE_INTEGER,
      amazon: { ...given, country: account.country ?? 'US' } as Fields,
    }
  },
  change: (_world, _account, thing, raw) => {
    const { adGroupId: _id, ...given } = read(AdGroupChange, raw)
    const next = { ...native(thing), ...given } as Fields
    return { name: text(next.name), status: STATES[State.parse(next.state)], amazon: next }
  },
}
