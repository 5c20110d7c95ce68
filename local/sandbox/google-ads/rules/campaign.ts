import type { Fields, Json } from '../../events.ts'
import { text } from '../../world.ts'
import { dateOf, dayAt } from '../../zone.ts'
import {
  canonicalStatus,
  keepTemporary,
  merged,
  missing,
  nativeOf,
  type Operation,
  statusIn,
  thingAt,
  wrong,
} from '../operation.ts'
import { usesBudget } from './budget.ts'

const WRITABLE = [
  'name',
  'status',
  'campaign_budget',
  'start_date_time',
  'end_date_time',
  'network_settings',
  'final_url_suffix',
  'tracking_url_template',
  'contains_eu_political_advertising',
  'geo_target_type_setting',
]
const BIDDING = [
  'target_spend',
  'maximize_conversions',
  'maximize_conversion_value',
  'manual_cpc',
  'target_impression_share',
  'bidding_strategy',
]

/** https://developers.google.com/google-ads/api/reference/rpc/v25/Campaign */
export function campaignOperation(operation: Operation): string {
  const { draft, type, resource, target } = operation
  if (type === 'create') {
    checkNew(operation)
    const status = statusIn(operation, resource)
    const native = { ...resource, status, campaign_budget: budgetOf(operation, resource.campaign_budget) }
    checkDates(operation, native, undefined)
    const id = draft.add('campaign', {
      name: checkName(operation, resource.name, undefined),
      status: canonicalStatus(status),
      objective: 'OUTCOME_LEADS',
      google: native,
    })
    keepTemporary(operation, id)
    return `customers/${draft.account.id}/campaigns/${id}`
  }
  const { id, fields } = thingAt(operation, target, 'campaigns', 'campaign')
  if (type === 'remove') {
    draft.change(id, { status: 'DELETED', google: { ...nativeOf(fields), status: 'REMOVED' } })
    dropBudget(operation, nativeOf(fields))
    return target
  }
  const before = nativeOf(fields)
  const native: Record<string, Json> = { ...merged(before, operation, WRITABLE) }
  const status = statusIn(operation, native)
  if (operation.mask.includes('campaign_budget')) native.campaign_budget = budgetOf(operation, native.campaign_budget)
  checkDates(operation, native, before)
  draft.change(id, {
    name: checkName(operation, native.name, id),
    status: canonicalStatus(status),
    google: { ...native, status },
  })
  return target
}

function checkNew(operation: Operation): void {
  const { resource } = operation
  const channel = text(resource.advertising_channel_type)
  if (channel === '') throw missing(operation, 'advertising_channel_type')
  if (channel !== 'SEARCH')
    throw wrong(
      operation,
      'field_error',
      'INVALID_VALUE',
      `The sandbox imitates SEARCH campaigns alone, not ${channel}.`,
      'advertising_channel_type',
    )
  // Since 3 September 2025 every new campaign must say it.
  const declared = text(resource.contains_eu_political_advertising)
  if (declared === '' || declared === 'UNSPECIFIED') throw missing(operation, 'contains_eu_political_advertising')
  if (!BIDDING.some((strategy) => resource[strategy] !== undefined))
    throw missing(operation, 'campaign_bidding_strategy')
}

/** Unique among campaigns that are not removed, those that are still on their way included. */
function checkName(operation: Operation, given: Json | undefined, self: string | undefined): string {
  const { draft } = operation
  const name = text(given)
  if (name === '') throw missing(operation, 'name')
  if (name.length > 255 || /[\n\r]/.test(name))
    throw wrong(operation, 'campaign_error', 'INVALID_CAMPAIGN_NAME', 'The campaign name is not valid.', 'name')
  const taken =
    draft.all('campaign').some((id) => {
      const fields = draft.fields(id)
      return id !== self && fields?.name === name && fields.status !== 'DELETED'
    }) ||
    (self === undefined && draft.landing().includes(name))
  if (taken)
    throw wrong(
      operation,
      'campaign_error',
      'DUPLICATE_CAMPAIGN_NAME',
      'A campaign with this name already exists. Names of campaigns that are not removed must be unique.',
      'name',
    )
  return name
}

function budgetOf(operation: Operation, name: Json | undefined): string {
  if (text(name) === '') throw missing(operation, 'campaign_budget')
  const { draft } = operation
  const { id, fields } = thingAt(operation, name, 'campaignBudgets', 'budget')
  const real = `customers/${draft.account.id}/campaignBudgets/${id}`
  const others = draft.all('campaign').filter((campaign) => usesBudget(draft.fields(campaign), real))
  if (nativeOf(fields).explicitly_shared === false && others.length > 0)
    throw wrong(
      operation,
      'campaign_budget_error',
      'CANNOT_USE_IMPLICITLY_SHARED_CAMPAIGN_BUDGET_WITH_MULTIPLE_CAMPAIGNS',
      'A budget that is not explicitly shared serves one campaign alone.',
      'campaign_budget',
    )
  return real
}

const DATE_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/

function checkDates(operation: Operation, native: Fields, before: Fields | undefined): void {
  const { draft } = operation
  const today = dateOf(dayAt(draft.now, draft.account.timezone))
  const start = dateIn(
    operation,
    native,
    'start_date_time',
    '00:00:00',
    'DATE_RANGE_ERROR_START_TIME_MUST_BE_THE_START_OF_A_DAY',
  )
  const end = dateIn(
    operation,
    native,
    'end_date_time',
    '23:59:59',
    'DATE_RANGE_ERROR_END_TIME_MUST_BE_THE_END_OF_A_DAY',
  )
  if (start && native.start_date_time !== before?.start_date_time) {
    const began = text(before?.start_date_time).slice(0, 10)
    if (before && began !== '' && began <= today)
      throw wrong(
        operation,
        'campaign_error',
        'CANNOT_MODIFY_START_DATE_IF_ALREADY_STARTED',
        'The campaign has started already.',
        'start_date_time',
      )
    if (start < today)
      throw wrong(
        operation,
        'campaign_error',
        'CANNOT_SET_DATE_TO_PAST',
        'Dates must not lie in the past.',
        'start_date_time',
      )
  }
  if (end && native.end_date_time !== before?.end_date_time && end < today)
    throw wrong(
      operation,
      'campaign_error',
      'CANNOT_SET_DATE_TO_PAST',
      'Dates must not lie in the past.',
      'end_date_time',
    )
  if (start && end && end < start)
    throw wrong(
      operation,
      'date_error',
      'DATE_RANGE_MINIMUM_DATE_LATER_THAN_MAXIMUM_DATE',
      'The campaign ends before it starts.',
      'end_date_time',
    )
}

/** The date of a date-time in the account's zone; whole days alone. */
function dateIn(operation: Operation, native: Fields, field: string, time: string, code: string): string | undefined {
  const given = text(native[field])
  if (given === '') return undefined
  const match = DATE_TIME.exec(given)
  if (!match)
    throw wrong(
      operation,
      'date_error',
      'INVALID_STRING_DATE_TIME_SECONDS',
      'Dates are written yyyy-MM-dd HH:mm:ss.',
      field,
    )
  if (match[2] !== time) throw wrong(operation, 'date_error', code, `The time must be ${time}.`, field)
  return match[1]
}

/** A budget that served this campaign alone goes with it. */
function dropBudget({ draft }: Operation, { campaign_budget }: Fields): void {
  const id = text(campaign_budget).split('/').at(-1) ?? ''
  const budget = draft.fields(id)
  if (budget && nativeOf(budget).explicitly_shared === false) draft.change(id, { status: 'DELETED' })
}
