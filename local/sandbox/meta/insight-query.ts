import type { Json } from '../events.ts'
import { items, members, text } from '../world.ts'
import { dayAt, dayNumber, weekdayOf } from '../zone.ts'
import type { Call } from './call.ts'
import { GraphError, notImitated, required, wrongType, wrongValue } from './errors.ts'
import { matches } from './list.ts'

export const LEVELS = ['account', 'campaign', 'adset', 'ad'] as const
export type Level = (typeof LEVELS)[number]

/** A read of insights. Days are day numbers in the account's zone, both included. */
export interface InsightQuery {
  level: Level
  fields: string[]
  since: number
  until: number
  /** 'all', 'month' or a number of days. */
  increment: 'all' | 'month' | number
  filters: { owner: Level; field: string; test(value: string): boolean }[]
}

export const INSIGHT_FIELDS = [
  'account_id',
  'account_name',
  'account_currency',
  'campaign_id',
  'campaign_name',
  'adset_id',
  'adset_name',
  'ad_id',
  'ad_name',
  'objective',
  'optimization_goal',
  'buying_type',
  'attribution_setting',
  'impressions',
  'reach',
  'frequency',
  'clicks',
  'inline_link_clicks',
  'inline_link_click_ctr',
  'outbound_clicks',
  'spend',
  'cpc',
  'cpm',
  'cpp',
  'ctr',
  'cost_per_inline_link_click',
  'actions',
  'cost_per_action_type',
  'conversions',
  'date_start',
  'date_stop',
] as const
const DEFAULT_FIELDS = ['account_id', 'impressions', 'spend']
const PRESETS = [
  'today',
  'yesterday',
  'last_3d',
  'last_7d',
  'last_14d',
  'last_28d',
  'last_30d',
  'last_90d',
  'this_week_sun_today',
  'this_week_mon_today',
  'this_month',
  'last_month',
  'this_quarter',
  'this_year',
  'maximum',
]
/** Change which rows or figures come back, so that ignoring one would answer another question than was asked. */
const UNIMITATED = ['breakdowns', 'action_breakdowns', 'time_ranges', 'sort', 'summary', 'summary_action_breakdowns']
/** The platform keeps 37 months. */
const KEPT_DAYS = 37 * 31

export function insightQuery(call: Call, zone: string, fallback: Level, first: number): InsightQuery {
  const { params } = call
  for (const name of UNIMITATED)
    if (items(params[name]).length > 0 || (typeof params[name] === 'string' && params[name] !== ''))
      throw notImitated(`The parameter ${name}`)
  const today = dayAt(call.now, zone)
  const { since, until } = rangeOf(call, today, first)
  if (since < today - KEPT_DAYS)
    throw new GraphError(
      3018,
      '(#3018) The start date of the time range cannot be beyond 37 months from the current date',
    )
  return {
    level: levelOf(params.level, fallback),
    fields: fieldsOf(params.fields),
    since,
    until: Math.min(until, today),
    increment: incrementOf(params.time_increment),
    filters: items(params.filtering).map(filterOf),
  }
}

function levelOf(given: Json | undefined, fallback: Level): Level {
  if (given === undefined || given === '') return fallback
  const level = LEVELS.find((known) => known === given)
  if (!level) throw wrongValue('level', LEVELS)
  return level
}

function fieldsOf(given: Json | undefined): string[] {
  if (given === undefined || given === '') return DEFAULT_FIELDS
  const list = (Array.isArray(given) ? given.map(text) : text(given).split(',')).map((field) => field.trim())
  const unknown = list.find((field) => !INSIGHT_FIELDS.some((known) => known === field))
  if (unknown) throw wrongValue(`fields[${list.indexOf(unknown)}]`, INSIGHT_FIELDS)
  return list
}

function rangeOf(call: Call, today: number, first: number): { since: number; until: number } {
  const range = call.params.time_range
  if (range !== undefined && range !== '') {
    const { since, until } = members(range)
    if (since === undefined || until === undefined) throw required('time_range[since], time_range[until]')
    const from = dayNumber(text(since))
    const to = dayNumber(text(until))
    if (from === undefined || to === undefined)
      throw wrongType('time_range', '{"since":"YYYY-MM-DD","until":"YYYY-MM-DD"}')
    if (from > to)
      throw new GraphError(100, '(#100) since param should be before until param', { blame: ['time_range'] })
    return { since: from, until: to }
  }
  const preset = text(call.params.date_preset) || 'last_30d'
  if (!PRESETS.includes(preset)) throw wrongValue('date_preset', PRESETS)
  return presetRange(preset, today, first)
}

function presetRange(preset: string, today: number, first: number): { since: number; until: number } {
  const last = /^last_(\d+)d$/.exec(preset)
  if (last) return { since: today - Number(last[1]), until: today - 1 }
  const date = new Date(today * 86_400_000)
  const month = (offset: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1) / 86_400_000
  switch (preset) {
    case 'today':
      return { since: today, until: today }
    case 'yesterday':
      return { since: today - 1, until: today - 1 }
    case 'this_week_sun_today':
      return { since: today - weekdayOf(today), until: today }
    case 'this_week_mon_today':
      return { since: today - ((weekdayOf(today) + 6) % 7), until: today }
    case 'this_month':
      return { since: month(0), until: today }
    case 'last_month':
      return { since: month(-1), until: month(0) - 1 }
    case 'this_quarter':
      return { since: month(-(date.getUTCMonth() % 3)), until: today }
    case 'this_year':
      return { since: Date.UTC(date.getUTCFullYear(), 0, 1) / 86_400_000, until: today }
    default:
      return { since: Math.max(first, today - KEPT_DAYS), until: today }
  }
}

function incrementOf(given: Json | undefined): InsightQuery['increment'] {
  const value = text(given)
  if (value === '' || value === 'all_days') return 'all'
  if (value === 'monthly') return 'month'
  const days = Number(value)
  if (!Number.isInteger(days) || days < 1 || days > 90)
    throw wrongType('time_increment', 'all_days, monthly or a number of days from 1 to 90')
  return days
}

/** `campaign.id`, `adset.name`, `ad.effective_status`…; a field without an owner is the queried object's own metric. */
function filterOf(item: Json): InsightQuery['filters'][number] {
  const { field, operator, value } = members(item)
  const [owner = '', name] = text(field).split(/[._](?=id$|name$|effective_status$)/)
  const level = LEVELS.find((known) => known === owner)
  if (!level || name === undefined) throw notImitated(`Filtering insights by ${text(field)}`)
  const how = text(operator)
  if (!['EQUAL', 'NOT_EQUAL', 'CONTAIN', 'NOT_CONTAIN', 'STARTS_WITH', 'IN', 'NOT_IN', 'ANY'].includes(how))
    throw wrongType('filtering[operator]', 'EQUAL, CONTAIN, STARTS_WITH, IN or their opposites')
  return { owner: level, field: name, test: (have) => matches(have, how, value ?? '') }
}
