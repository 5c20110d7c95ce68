import { majorText } from '../data/currencies.ts'
import type { AdFigures, Figures, Ledger } from '../delivery/ledger.ts'
import { joinReach, reachOf } from '../delivery/reach.ts'
import type { Account, Json } from '../events.ts'
import { effectiveStatus } from '../status.ts'
import { current, members, type Thing, text, type World } from '../world.ts'
import { dateOf } from '../zone.ts'
import { actionTypes } from './conversion-events.ts'
import type { InsightQuery, Level } from './insight-query.ts'

export interface Sum extends Figures {
  /** Applications by the event that was promoted. Lists, not maps: there are a hundred thousand sums of one entry each. */
  events: { event: string; count: number }[]
  /** What reach is computed from: impressions and reachable people by ad set, or by ad at the level of ads. */
  audiences: { id: string; impressions: number; reachable: number }[]
}

export interface Group {
  /** An ad of the group: through it the objects above are found. */
  ad: Thing
  since: number
  until: number
  sum: Sum
}

interface Scope {
  account: Account
  /** The object whose insights are read; undefined for the whole account. */
  node: Thing | undefined
}

/** Delivered figures grouped as a query asks, in a stable order; groups in which nothing happened are left out. */
export function insightGroups(world: World, ledger: Ledger, scope: Scope, query: InsightQuery, at: number): Group[] {
  const groups = new Map<string, Group>()
  const seen = new Map<string, boolean>()
  for (const campaign of campaignsIn(world, scope)) {
    for (const row of ledger.campaign(campaign, query.since, query.until, at)) {
      const ad = world.things.get(row.ad)
      if (!ad) continue
      let shown = seen.get(row.ad)
      if (shown === undefined) {
        shown = inScope(scope, row) && visible(world, scope, query, ad, at)
        seen.set(row.ad, shown)
      }
      if (!shown) continue
      const bucket = bucketOf(query, row.day)
      const key = `${idOf(query.level, ad, scope.account)}/${bucket.since}`
      let group = groups.get(key)
      if (!group) {
        group = { ad, ...bucket, sum: emptySum() }
        groups.set(key, group)
      }
      addRow(group.sum, row, eventOf(world, row.adset), query.level === 'ad' ? row.ad : row.adset)
    }
  }
  return [...groups.values()]
}

export function emptySum(): Sum {
  return {
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    landingViews: 0,
    spend: 0,
    applications: 0,
    events: [],
    audiences: [],
  }
}

export function addRow(sum: Sum, row: AdFigures, event: string, audience: string): void {
  sum.impressions += row.impressions
  sum.clicks += row.clicks
  sum.linkClicks += row.linkClicks
  sum.landingViews += row.landingViews
  sum.spend += row.spend
  sum.applications += row.applications
  if (event !== '') {
    const counted = sum.events.find((entry) => entry.event === event)
    if (counted) counted.count += row.applications
    else sum.events.push({ event, count: row.applications })
  }
  const known = sum.audiences.find((entry) => entry.id === audience)
  if (!known) sum.audiences.push({ id: audience, impressions: row.impressions, reachable: row.reachable })
  else {
    known.impressions += row.impressions
    known.reachable = Math.max(known.reachable, row.reachable)
  }
}

/** Unique people of the whole group and range. */
export const reachIn = (sum: Sum): number =>
  joinReach(sum.audiences.map(({ impressions, reachable }) => reachOf(impressions, reachable)))

export const eventOf = (world: World, adset: string): string => {
  const thing = world.things.get(adset)
  return thing ? text(members(current(thing).promoted_object).custom_event_type) : ''
}

/** The answer for one group, every number as text, with the fields asked for. */
export function insightRow(
  world: World,
  account: Account,
  group: Group,
  query: InsightQuery,
): { [field: string]: Json } {
  const row: { [field: string]: Json } = {}
  for (const field of query.fields) {
    const value = shownValue(world, account, group, field, query.level)
    if (value !== undefined) row[field] = value
  }
  row.date_start = dateOf(group.since)
  row.date_stop = dateOf(group.until)
  return row
}

function shownValue(world: World, account: Account, { ad, sum }: Group, field: string, level: Level): Json | undefined {
  const spend = Number(majorText(sum.spend, account.currency))
  const per = (amount: number, count: number): string | undefined =>
    count === 0 ? undefined : (amount / count).toFixed(6)
  switch (field) {
    case 'account_id':
      return account.id
    case 'account_name':
      return account.name
    case 'account_currency':
      return account.currency
    case 'impressions':
      return String(sum.impressions)
    case 'reach':
      return String(reachIn(sum))
    case 'frequency':
      return per(sum.impressions, reachIn(sum))
    case 'clicks':
      return String(sum.clicks)
    case 'inline_link_clicks':
      return String(sum.linkClicks)
    case 'outbound_clicks':
      return sum.linkClicks > 0 ? [{ action_type: 'outbound_click', value: String(sum.linkClicks) }] : undefined
    case 'spend':
      return majorText(sum.spend, account.currency)
    case 'ctr':
      return per(sum.clicks * 100, sum.impressions)
    case 'inline_link_click_ctr':
      return per(sum.linkClicks * 100, sum.impressions)
    case 'cpc':
      return per(spend, sum.clicks)
    case 'cost_per_inline_link_click':
      return per(spend, sum.linkClicks)
    case 'cpm':
      return per(spend * 1000, sum.impressions)
    case 'cpp':
      return per(spend * 1000, reachIn(sum))
    case 'actions':
      return listed(actionsOf(sum))
    case 'conversions':
      return listed(actionsOf(sum).filter(([type]) => /_(total|website)$/.test(type)))
    case 'cost_per_action_type':
      return listed(actionsOf(sum), (count) => (spend / count).toFixed(6))
    case 'attribution_setting':
      return '7d_click_1d_view'
    default:
      return nameOf(world, ad, field, level)
  }
}

function actionsOf(sum: Sum): [string, number][] {
  const counts: [string, number][] = [
    ['link_click', sum.linkClicks],
    ['landing_page_view', sum.landingViews],
    ['post_engagement', sum.clicks],
    ['page_engagement', sum.clicks],
  ]
  for (const { event, count } of sum.events) for (const type of actionTypes(event)) counts.push([type, count])
  return counts.filter(([, count]) => count > 0)
}

/** A list without entries is left out, as the platform leaves it out. */
function listed(counts: [string, number][], show: (count: number) => string = String): Json | undefined {
  return counts.length === 0 ? undefined : counts.map(([action_type, count]) => ({ action_type, value: show(count) }))
}

const DEPTH: Record<Level, number> = { account: 0, campaign: 1, adset: 2, ad: 3 }

/** Ids and names of the group's object and of those above it; those below it have none. */
function nameOf(world: World, ad: Thing, field: string, level: Level): Json | undefined {
  const match = /^(campaign|adset|ad)_(id|name)$/.exec(field)
  const owner = match ? (match[1] as Level) : field === 'optimization_goal' ? 'adset' : 'campaign'
  if (DEPTH[owner] > DEPTH[level]) return undefined
  const thing = ownerOf(world, ad, owner)
  if (!thing) return undefined
  return match?.[2] === 'id' ? thing.id : current(thing)[match ? 'name' : field]
}

export function ownerOf(world: World, ad: Thing, level: Level): Thing | undefined {
  if (level === 'ad') return ad
  const fields = current(ad)
  return world.things.get(text(fields[level === 'adset' ? 'adset_id' : 'campaign_id']))
}

function idOf(level: Level, ad: Thing, account: Account): string {
  if (level === 'account') return account.id
  if (level === 'ad') return ad.id
  return text(current(ad)[level === 'adset' ? 'adset_id' : 'campaign_id'])
}

function bucketOf({ increment, since, until }: InsightQuery, day: number): { since: number; until: number } {
  if (increment === 'all') return { since, until }
  if (increment === 'month') {
    const date = new Date(day * 86_400_000)
    const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 86_400_000
    return { since: Math.max(since, first), until: Math.min(until, next - 1) }
  }
  const from = day - ((day - since) % increment)
  return { since: from, until: Math.min(until, from + increment - 1) }
}

function campaignsIn(world: World, { account, node }: Scope): Thing[] {
  const ids = !node
    ? world.edge(account.id, 'campaign')
    : [node.kind === 'campaign' ? node.id : text(current(node).campaign_id)]
  return ids.flatMap((id) => world.things.get(id) ?? [])
}

function inScope({ node }: Scope, row: AdFigures): boolean {
  return !node || node.kind === 'campaign' || node.id === row.adset || node.id === row.ad
}

/**
 * Rows of deleted objects are not listed below another object unless a filter asks for their status, though the totals of
 * what lies above them keep counting them: manage-your-ad-object-status.
 */
function visible(world: World, scope: Scope, query: InsightQuery, ad: Thing, at: number): boolean {
  for (const { owner, field, test } of query.filters) {
    const thing = owner === 'account' ? undefined : ownerOf(world, ad, owner)
    if (owner === 'account') {
      if (!test(field === 'id' ? scope.account.id : scope.account.name)) return false
      continue
    }
    if (!thing) return false
    const have =
      field === 'id' ? thing.id : field === 'name' ? text(current(thing).name) : effectiveStatus(world, thing, at)
    if (!test(have)) return false
  }
  if (query.level === 'account' || query.filters.some((filter) => filter.field === 'effective_status')) return true
  const object = ownerOf(world, ad, query.level)
  return !object || object.id === scope.node?.id || effectiveStatus(world, object, at) !== 'DELETED'
}
