import { microsPerMinor } from '../data/currencies.ts'
import type { AdFigures } from '../delivery/ledger.ts'
import { reachOf } from '../delivery/reach.ts'
import type { Account } from '../events.ts'
import { addRow, emptySum, eventOf, reachIn, type Sum } from '../meta/insight-rows.ts'
import type { Parts } from '../parts.ts'
import { effectiveStatus } from '../status.ts'
import { current, type Thing, text, type Version } from '../world.ts'
import { dateOf, dayAt } from '../zone.ts'
import { ControlProblem } from './problem.ts'

/** Integers all: spend both in the platform's minor units and in millionths of the major unit, which need no table. */
interface Totals {
  impressions: number
  reach: number
  clicks: number
  linkClicks: number
  spendMinor: number
  spendMicros: number
  applications: number
}

/**
 * GET /_sandbox/books: everything that ever was, and every impression and minor unit, as of virtual now or of `?at=`. The
 * truth that a sync is compared with. `?account=act_1` is about one account, `?detail=totals` leaves out the days, `?objects=no`
 * everything but the figures.
 */
export function books(parts: Parts, query: URLSearchParams): unknown {
  const { world } = parts
  const at = instant(query.get('at'), world.now())
  const detailed = query.get('detail') !== 'totals'
  const objects = query.get('objects') === 'no' ? [] : [...world.things.values()]
  const only = query.get('account')?.replace(/^act_/, '')
  const accounts = [...world.accounts.values()].filter((account) => only === undefined || account.id === only)
  if (only !== undefined && accounts.length === 0) throw new ControlProblem(404, `There is no account act_${only}`)
  const campaigns = accounts.flatMap((account) => campaignsOf(parts, account, at))
  return {
    now: new Date(world.now()).toISOString(),
    at: new Date(at).toISOString(),
    seed: world.seed,
    accounts: accounts.map((account) => ({
      ...account,
      id: bookId(account),
      createdAt: iso(account.createdAt),
      totals: totals(
        account,
        merge(
          parts,
          campaigns.filter(({ thing }) => thing.account === account.id).flatMap(({ rows }) => rows),
        ),
      ),
    })),
    objects: objects
      .filter((thing) => accounts.some((account) => account.id === thing.account))
      .map((thing) => objectOf(parts, thing, at)),
    campaigns: campaigns.map(({ account, thing, rows }) => ({
      id: thing.id,
      name: current(thing).name,
      platform: account.platform,
      account: bookId(account),
      currency: account.currency,
      status: current(thing).status,
      totals: totals(account, merge(parts, rows)),
      ...(detailed ? { days: days(parts, account, rows) } : {}),
    })),
    ads: !detailed ? [] : campaigns.flatMap(({ account, thing, rows }) => adsOf(account, thing, rows)),
    landings: world.landings.map(({ clock, dueAt, thing }) => ({ clock, dueAt: iso(dueAt), ...thing })),
    calls: parts.calls.counts(),
    deniedHosts: parts.proxy.denied(),
    faults: parts.faults.list(),
  }
}

/** Meta's accounts are named act_; the others by their digits alone. */
export const bookId = (account: Account | undefined): string =>
  account?.platform === 'meta' ? `act_${account.id}` : (account?.id ?? '')

interface CampaignRows {
  account: Account
  thing: Thing
  rows: AdFigures[]
}

function campaignsOf({ world, ledger }: Parts, account: Account, at: number): CampaignRows[] {
  const today = dayAt(at, account.timezone)
  return world.edge(account.id, 'campaign').flatMap((id) => {
    const thing = world.things.get(id)
    return thing ? [{ account, thing, rows: ledger.campaign(thing, 0, today, at) }] : []
  })
}

function merge({ world }: Parts, rows: readonly AdFigures[]): Sum {
  const sum = emptySum()
  for (const row of rows) addRow(sum, row, eventOf(world, row.adset), row.adset)
  return sum
}

const totals = (account: Account, sum: Sum): Totals => ({
  impressions: sum.impressions,
  reach: reachIn(sum),
  clicks: sum.clicks,
  linkClicks: sum.linkClicks,
  spendMinor: sum.spend,
  spendMicros: sum.spend * microsPerMinor(account.currency),
  applications: sum.applications,
})

/** A campaign day by day, with the reach of each day alone. */
function days(parts: Parts, account: Account, rows: readonly AdFigures[]): object[] {
  const byDay = Map.groupBy(rows, (row) => row.day)
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, found]) => ({ date: dateOf(day), ...totals(account, merge(parts, found)) }))
}

function adsOf(account: Account, campaign: Thing, rows: readonly AdFigures[]): object[] {
  return [...Map.groupBy(rows, (row) => row.ad)].map(([ad, found]) => ({
    id: ad,
    campaignId: campaign.id,
    adsetId: found[0]?.adset,
    account: bookId(account),
    currency: account.currency,
    days: found.map((row) => ({
      date: dateOf(row.day),
      impressions: row.impressions,
      reach: reachOf(row.impressions, row.reachable),
      clicks: row.clicks,
      linkClicks: row.linkClicks,
      landingViews: row.landingViews,
      spendMinor: row.spend,
      spendMicros: row.spend * microsPerMinor(account.currency),
      applications: row.applications,
    })),
  }))
}

function objectOf({ world }: Parts, thing: Thing, at: number): object {
  const fields = current(thing)
  return {
    id: thing.id,
    kind: thing.kind,
    platform: world.accounts.get(thing.account)?.platform,
    account: bookId(world.accounts.get(thing.account)),
    name: fields.name ?? null,
    status: text(fields.status),
    effectiveStatus: effectiveStatus(world, thing, at),
    createdAt: iso(thing.createdAt),
    deleted: text(fields.status) === 'DELETED',
    fields,
    ...(thing.kind === 'audience' ? { users: thing.users.size } : {}),
    history: thing.versions.map((version, index) => changeOf(version, thing.versions[index - 1])),
    reviews: thing.reviews.map((review) => ({ ...review, at: iso(review.at), endsAt: iso(review.endsAt) })),
  }
}

function changeOf(version: Version, before: Version | undefined): object {
  if (!before) return { at: iso(version.at), action: 'created', status: version.fields.status ?? null }
  const changes = Object.fromEntries(
    Object.entries(version.fields).filter(([name, value]) => before.fields[name] !== value),
  )
  return { at: iso(version.at), action: changes.status === 'DELETED' ? 'deleted' : 'changed', changes }
}

export function instant(given: string | null, now: number): number {
  if (given === null) return now
  const at = Date.parse(given)
  if (Number.isNaN(at)) throw new ControlProblem(400, `at: ${JSON.stringify(given)} is not an instant`, 'Use ISO 8601.')
  if (at > now) throw new ControlProblem(400, 'at: lies in the future', 'Advance the clock first.')
  return at
}

const iso = (at: number): string => new Date(at).toISOString()
