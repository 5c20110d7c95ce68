import { add, type Counts, type DayRow, NO_COUNTS } from './metrics.ts'
import type { AdDay } from './time.ts'

/** What the last sync wrote, so that the next writes only what changed: kept as JSON in one document per account. */
export interface SyncDigest {
  /** Platform campaign id -> ours. */
  campaigns: Record<string, string>
  /** "{campaign}_{yyyymm}" -> digest of that month's rows inside the window. */
  months: Record<string, string>
  /** campaign -> "since until reach". */
  reach: Record<string, string>
  /** yyyymm -> digest of the account's roll-up days inside the window. */
  rollups: Record<string, string>
  /** Platform campaign ids that did not deliver at the last sync: only new ones are looked into. */
  stopped: string[]
}

export function readDigest(text: string): SyncDigest {
  const stored = JSON.parse(text) as Partial<SyncDigest>
  return { campaigns: {}, months: {}, reach: {}, rollups: {}, stopped: [], ...stored }
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
