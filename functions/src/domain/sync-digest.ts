import { add, type Counts, type DayRow, NO_COUNTS } from './metrics.ts'
import { shardOf } from './shard.ts'
import { type AdDay, monthOf } from './time.ts'

/** What the last sync wrote, so that the next writes only what changed. */
export interface SyncDigest {
  /** Platform campaign id -> ours. */
  campaigns: Record<string, string>
  /** "{campaign}_{yyyymm}" -> digest of that month's rows inside the window. */
  months: Record<string, string>
  /** campaign -> "since until reach". */
  reach: Record<string, string>
  /** Platform campaign ids that did not deliver at the last sync: only new ones are looked into. */
  stopped: string[]
}

/** An account's digest lies in so many documents, whatever it holds: 1 MiB each, which is room for 25,000 campaigns, and a read each. */
export const DIGEST_SHARDS = 8

const nothing = (): SyncDigest => ({ campaigns: {}, months: {}, reach: {}, stopped: [] })

/** The text of each shard. A campaign's months and reach lie where the campaign lies. */
export function splitDigest(digest: SyncDigest): string[] {
  const shards = Array.from({ length: DIGEST_SHARDS }, nothing)
  const of = (id: string): SyncDigest => shards[shardOf(id, DIGEST_SHARDS)] ?? nothing()
  for (const [external, campaign] of Object.entries(digest.campaigns)) of(campaign).campaigns[external] = campaign
  for (const [key, rows] of Object.entries(digest.months)) of(key.slice(0, key.lastIndexOf('_'))).months[key] = rows
  for (const [campaign, mark] of Object.entries(digest.reach)) of(campaign).reach[campaign] = mark
  for (const external of digest.stopped) of(external).stopped.push(external)
  return shards.map((shard) => JSON.stringify(shard))
}

export function joinDigest(texts: readonly (string | undefined)[]): SyncDigest {
  const whole = nothing()
  for (const text of texts) {
    if (!text) continue
    const { campaigns, months, reach, stopped } = JSON.parse(text) as SyncDigest
    Object.assign(whole.campaigns, campaigns)
    Object.assign(whole.months, months)
    Object.assign(whole.reach, reach)
    whole.stopped.push(...stopped)
  }
  return whole
}

/** Months before the window are never compared again. */
export function forgetBefore(digest: SyncDigest, since: AdDay): void {
  const first = monthOf(since)
  for (const key of Object.keys(digest.months))
    if (key.slice(key.lastIndexOf('_') + 1) < first) delete digest.months[key]
}

/** A month's days with the window replaced: a day without a row in a complete report is a day of nothing, and is dropped. */
export function replaceWindow<T>(
  stored: Record<AdDay, T>,
  fresh: Record<AdDay, T>,
  since: AdDay,
  until: AdDay,
): Record<AdDay, T> {
  const kept = Object.entries(stored).filter(([day]) => day < since || day > until)
  return Object.fromEntries([...kept, ...Object.entries(fresh)].sort(([a], [b]) => a.localeCompare(b)))
}

export const sumDays = (days: Record<AdDay, DayRow>): Counts =>
  countsOnly(Object.values(days).reduce<Counts>(add, NO_COUNTS))

export const sumAll = (months: Record<string, Counts>): Counts => Object.values(months).reduce<Counts>(add, NO_COUNTS)

const countsOnly = ({ impressions, clicks, spendMicros, applications }: Counts): Counts => ({
  impressions,
  clicks,
  spendMicros,
  applications,
})
