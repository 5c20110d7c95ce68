import { minimumBudgets } from '../data/currencies.ts'
import type { Account, Json } from '../events.ts'
import { effectiveStatus, reviewAt } from '../status.ts'
import { current, members, type Thing, text } from '../world.ts'
import { dayAt, offsetMinutes, zonedText } from '../zone.ts'
import { creativeIdOf } from './ad-rules.ts'
import { audienceState } from './audiences.ts'
import type { Call } from './call.ts'
import { type FieldTree, wantedFields } from './fields.ts'
import { imageUrl } from './images.ts'

type Node = { [field: string]: Json }

/** An object with the fields that were asked for; without a request its id alone. A field that it cannot have is an error. */
export function present(call: Call, thing: Thing, tree: FieldTree | undefined): Node {
  const wanted = wantedFields(thing.kind, tree)
  const zone = call.world.accounts.get(thing.account)?.timezone ?? 'UTC'
  const all = fieldsOf(call, thing, zone, wanted)
  const shown: Node = {}
  for (const [field, branch] of wanted) {
    const value = all[field]
    if (value === undefined) continue
    const nested = (field === 'campaign' || field === 'adset' || field === 'creative') && branch.size > 0
    const object = nested ? call.world.things.get(text(members(value).id)) : undefined
    shown[field] = object ? present(call, object, branch as FieldTree) : value
  }
  return { ...shown, id: thing.id }
}

function fieldsOf(call: Call, thing: Thing, zone: string, wanted: FieldTree): Node {
  const fields = current(thing)
  const time = (at: Json | undefined): Json | undefined => (typeof at === 'number' ? zonedText(at, zone) : undefined)
  const node: Node = {
    ...fields,
    id: thing.id,
    account_id: thing.account,
    created_time: zonedText(thing.createdAt, zone),
    updated_time: zonedText(thing.versions[thing.versions.length - 1]?.at ?? thing.createdAt, zone),
  }
  if (thing.kind === 'campaign' || thing.kind === 'adset' || thing.kind === 'ad') {
    node.configured_status = fields.status ?? null
    node.effective_status = effectiveStatus(call.world, thing, call.now)
  }
  for (const field of ['start_time', 'end_time']) {
    const value = time(fields[field])
    if (value !== undefined) node[field] = value
  }
  if (fields.campaign_id !== undefined) node.campaign = { id: fields.campaign_id }
  if (fields.adset_id !== undefined) node.adset = { id: fields.adset_id }
  if (wanted.has('budget_remaining')) node.budget_remaining = budgetRemaining(call, thing)
  if (thing.kind === 'ad') {
    node.creative = { id: creativeIdOf(fields) }
    const review = thing.reviews.findLast((candidate) => candidate.at <= call.now)
    if (review && reviewAt(thing, call.now) === 'DISAPPROVED') node.ad_review_feedback = { global: review.feedback }
  }
  if (thing.kind === 'creative') Object.assign(node, creativeNode(fields, thing.account))
  if (thing.kind === 'audience') {
    Object.assign(node, audienceState(thing, call.world.settings.minimumAudience))
    node.time_created = Math.floor(thing.createdAt / 1000)
    node.time_updated = Math.floor((thing.versions[thing.versions.length - 1]?.at ?? 0) / 1000)
  }
  if (thing.kind === 'image') node.url = imageUrl(text(fields.hash))
  return node
}

function creativeNode(fields: { readonly [field: string]: Json }, account: string): Node {
  const story = members(fields.object_story_spec)
  const link = members(story.link_data)
  return {
    object_type: 'SHARE',
    effective_object_story_id: `${text(story.page_id)}_${account}`,
    body: link.message ?? '',
    title: link.name ?? '',
    call_to_action_type: members(link.call_to_action).type ?? 'NO_BUTTON',
    ...(link.image_hash === undefined ? {} : { image_hash: link.image_hash }),
  }
}

/** Minor units left: of today for a daily budget, of its life for a lifetime one. */
function budgetRemaining(call: Call, thing: Thing): string {
  const fields = current(thing)
  const zone = call.world.accounts.get(thing.account)?.timezone ?? 'UTC'
  const today = dayAt(call.now, zone)
  const campaign = thing.kind === 'campaign' ? thing : call.world.things.get(text(fields.campaign_id))
  if (!campaign || (fields.daily_budget === undefined && fields.lifetime_budget === undefined)) return '0'
  const since = fields.daily_budget === undefined ? 0 : today
  const spent = call.ledger
    .campaign(campaign, since, today, call.now)
    .filter((row) => thing.kind === 'campaign' || row.adset === thing.id)
    .reduce((sum, row) => sum + row.spend, 0)
  return String(Math.max(0, Number(fields.daily_budget ?? fields.lifetime_budget) - spent))
}

export function presentAccount(call: Call, account: Account, tree: FieldTree | undefined): Node {
  const wanted = wantedFields('account', tree)
  const minutes = offsetMinutes(call.now, account.timezone)
  const all: Node = {
    account_id: account.id,
    name: account.name,
    currency: account.currency,
    timezone_name: account.timezone,
    timezone_offset_hours_utc: minutes / 60,
    account_status: account.status,
    disable_reason: account.status === 2 ? 1 : 0,
    balance: '0',
    spend_cap: '0',
    min_daily_budget: minimumBudgets(account.currency).min_daily_budget_imp,
    business: { id: account.businessId, name: `${account.name} Business` },
    owner: account.businessId,
    funding_source: `6${account.id}`,
    funding_source_details: { id: `6${account.id}`, display_string: 'Visa *4242', type: 1 },
    created_time: zonedText(account.createdAt, account.timezone),
    is_prepay_account: false,
    ...(account.dsaBeneficiary ? { default_dsa_beneficiary: account.dsaBeneficiary } : {}),
    ...(account.dsaPayor ? { default_dsa_payor: account.dsaPayor } : {}),
  }
  if (wanted.has('amount_spent')) all.amount_spent = String(spentBy(call, account))
  const shown: Node = {}
  for (const field of wanted.keys()) if (all[field] !== undefined) shown[field] = all[field]
  return { ...shown, id: `act_${account.id}` }
}

function spentBy(call: Call, account: Account): number {
  const today = dayAt(call.now, account.timezone)
  return call.world
    .edge(account.id, 'campaign')
    .flatMap((id) => call.world.things.get(id) ?? [])
    .flatMap((campaign) => call.ledger.campaign(campaign, 0, today, call.now))
    .reduce((sum, row) => sum + row.spend, 0)
}

/** Rough people that a targeting reaches, as reachestimate answers them. */
export const estimateBounds = (size: number): { lower: number; upper: number } => {
  const step = 10 ** Math.max(2, Math.floor(Math.log10(Math.max(size, 1))) - 1)
  const lower = Math.max(1000, Math.floor((size * 0.92) / step) * step)
  return { lower, upper: Math.max(1000, Math.ceil((size * 1.08) / step) * step) }
}
