import { z } from 'zod'
import { Stored } from './entity.ts'
import { AdDay, Instant } from './time.ts'

/** Sums that may be added over days and campaigns. Spend in micros of the account currency's major unit. */
export const Counts = z
  .object({
    impressions: z.int(),
    clicks: z.int(),
    spendMicros: z.int(),
    /** As the platform reports them; applications that we received are counted apart. */
    applications: z.int(),
  })
  .meta({ id: 'Counts' })
export type Counts = z.infer<typeof Counts>

export const NO_COUNTS: Counts = { impressions: 0, clicks: 0, spendMicros: 0, applications: 0 }

export const add = (a: Counts, b: Counts): Counts => ({
  impressions: a.impressions + b.impressions,
  clicks: a.clicks + b.clicks,
  spendMicros: a.spendMicros + b.spendMicros,
  applications: a.applications + b.applications,
})

/** One day of one channel; reach is of that day alone and is never added. */
export const DayRow = Counts.extend({ reach: z.int().nullable() })
export type DayRow = z.infer<typeof DayRow>

/** The days of several platforms as one row each, in order. Reach is known only where a single platform reports the day. */
export function mergeDays(months: Iterable<Pick<MetricsMonth, 'days'>>): [AdDay, DayRow][] {
  const merged = new Map<AdDay, DayRow>()
  for (const { days } of months)
    for (const [day, row] of Object.entries(days)) {
      const before = merged.get(day)
      merged.set(day, before ? { ...add(before, row), reach: null } : row)
    }
  return [...merged].sort(([a], [b]) => a.localeCompare(b))
}

/** `campaigns/{c}/metrics/{platform}_{yyyymm}`: replaced day by day, never added to. */
export const MetricsMonth = Stored.extend({
  platform: z.string(),
  currency: z.string(),
  days: z.record(AdDay, DayRow),
  fetchedAt: Instant,
}).meta({ id: 'MetricsMonth' })
export type MetricsMonth = z.infer<typeof MetricsMonth>

/** `rollups/{yyyymm}`: day -> "{platform}_{account}" -> counts. */
export const Rollup = Stored.extend({ days: z.record(AdDay, z.record(z.string(), Counts)), fetchedAt: Instant })
export type Rollup = z.infer<typeof Rollup>

/** A quotient of sums; null on a zero denominator, because 0 would be a claim. */
const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b)

export interface Derived {
  /** Clicks per impression. */
  ctr: number | null
  /** Micros per click, per thousand impressions, per application. */
  cpcMicros: number | null
  cpmMicros: number | null
  costPerApplicationMicros: number | null
  /** Applications per click. */
  applyRate: number | null
}

export function derive(counts: Counts): Derived {
  return {
    ctr: ratio(counts.clicks, counts.impressions),
    cpcMicros: ratio(counts.spendMicros, counts.clicks),
    cpmMicros: ratio(counts.spendMicros * 1000, counts.impressions),
    costPerApplicationMicros: ratio(counts.spendMicros, counts.applications),
    applyRate: ratio(counts.applications, counts.clicks),
  }
}
