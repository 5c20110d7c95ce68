import { hasBudget } from '../delivery/spans.ts'
import type { Account, Fields } from '../events.ts'
import { current, type Thing, text } from '../world.ts'
import { creativeOf } from './ad-rules.ts'
import { checkEnd } from './adset-rules.ts'
import { targetingOf } from './adset-targeting.ts'
import type { Call } from './call.ts'
import { checkMinimum } from './campaign-rules.ts'
import { GraphError, invalid, notImitated } from './errors.ts'
import { instantOf, minorOf, nameOf, oneOf, sortParams, stringOf } from './values.ts'

const STATUSES = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED'] as const
const CHANGEABLE: Record<string, readonly string[]> = {
  campaign: ['name', 'status', 'daily_budget', 'lifetime_budget'],
  adset: [
    'name',
    'status',
    'daily_budget',
    'lifetime_budget',
    'start_time',
    'end_time',
    'targeting',
    'dsa_beneficiary',
    'dsa_payor',
  ],
  ad: ['name', 'status', 'creative'],
  creative: ['name', 'status'],
  audience: ['name', 'description'],
}
/** Fixed when the object is created. */
const FIXED: Record<string, readonly string[]> = {
  campaign: [
    'objective',
    'buying_type',
    'special_ad_categories',
    'special_ad_category_country',
    'is_adset_budget_sharing_enabled',
  ],
  adset: ['campaign_id', 'optimization_goal', 'billing_event', 'promoted_object', 'destination_type', 'bid_strategy'],
  ad: ['adset_id', 'campaign_id'],
  creative: ['object_story_spec', 'url_tags'],
  audience: ['subtype', 'customer_file_source'],
}
const BUDGETS = ['daily_budget', 'lifetime_budget'] as const
const HOUR_MS = 3_600_000

/** The changes that an update asks for; a new creative that an ad brings along is answered apart. */
export function changesOf(call: Call, account: Account, thing: Thing): { changes: Fields; creative?: Fields } {
  const { params } = call
  sortParams(call, CHANGEABLE[thing.kind] ?? [], FIXED[thing.kind] ?? [])
  const now = current(thing)
  const status = oneOf(params, 'status', STATUSES)
  const edited = (CHANGEABLE[thing.kind] ?? []).filter((name) => params[name] !== undefined)
  checkStatus(
    thing,
    now,
    status,
    edited.some((name) => name !== 'name' && name !== 'status'),
  )
  const changes: Record<string, Fields[string]> = {}
  if (params.name !== undefined) changes.name = nameOf(params)
  if (status !== undefined) changes.status = status
  for (const field of BUDGETS) {
    const minor = thing.kind === 'campaign' || thing.kind === 'adset' ? minorOf(params, field) : undefined
    if (minor !== undefined) changes[field] = budgetChange(call, account, thing, now, field, minor)
  }
  if (thing.kind === 'adset') Object.assign(changes, adsetChanges(call, account, now))
  if (thing.kind === 'audience' && params.description !== undefined)
    changes.description = stringOf(params, 'description') ?? ''
  if (thing.kind !== 'ad' || params.creative === undefined) return { changes }
  const creative = creativeOf(call, account)
  return typeof creative === 'string'
    ? { changes: { ...changes, creative: { creative_id: creative } } }
    : { changes, creative }
}

function checkStatus(thing: Thing, now: Fields, wanted: string | undefined, edits: boolean): void {
  const status = text(now.status)
  if (status === 'DELETED' && wanted !== 'DELETED')
    throw invalid(
      1487056,
      'Object is deleted',
      `The ${thing.kind} ${thing.id} was deleted and cannot be changed.`,
      'status',
    )
  if (status === 'ARCHIVED' && (edits || (wanted !== undefined && wanted !== 'ARCHIVED' && wanted !== 'DELETED')))
    throw invalid(
      1487862,
      'Object is archived',
      'Of an archived object only the name changes, and its status to DELETED.',
      'status',
    )
}

function budgetChange(
  call: Call,
  account: Account,
  thing: Thing,
  now: Fields,
  field: (typeof BUDGETS)[number],
  minor: string,
): string {
  if (!hasBudget(now))
    throw invalid(
      1885621,
      'Budget conflict',
      `The budget is not set on this ${thing.kind}; change it where it is.`,
      field,
    )
  if (now[field] === undefined) throw notImitated('Changing between a daily and a lifetime budget')
  checkMinimum(minor, account, text(now.billing_event), 1)
  const edits = thing.versions.filter(
    (version, index) =>
      index > 0 &&
      version.at > call.now - HOUR_MS &&
      version.fields[field] !== thing.versions[index - 1]?.fields[field],
  )
  if (thing.kind === 'adset' && minor !== now[field] && edits.length >= call.world.settings.budgetEditsPerHour)
    throw new GraphError(613, '(#613) Calls to this api have exceeded the rate limit.', {
      subcode: 1487632,
      title: 'Ad set budget changed too often',
      say: `You can change the budget of an ad set ${call.world.settings.budgetEditsPerHour} times an hour. Try again later.`,
      transient: false,
    })
  return minor
}

function adsetChanges(call: Call, account: Account, now: Fields): Fields {
  const { params } = call
  const changes: Record<string, Fields[string]> = {}
  const start = instantOf(params, 'start_time', account.timezone)
  const end = instantOf(params, 'end_time', account.timezone)
  if (start !== undefined) {
    if (Number(now.start_time) <= call.now && start !== now.start_time)
      throw invalid(
        1487033,
        'Ad set has started',
        'The start of an ad set that has started cannot be changed.',
        'start_time',
      )
    changes.start_time = start
  }
  if (end !== undefined) {
    checkEnd(end, start ?? Number(now.start_time), call.now)
    changes.end_time = end
  }
  for (const field of ['dsa_beneficiary', 'dsa_payor']) {
    const value = stringOf(params, field)
    if (value !== undefined) changes[field] = value
  }
  if (params.targeting !== undefined) {
    const campaign = call.world.things.get(text(now.campaign_id))
    changes.targeting = targetingOf(call, account, campaign ? current(campaign) : {})
  }
  return changes
}
