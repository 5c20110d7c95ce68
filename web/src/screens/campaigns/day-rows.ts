import { type DayRow, type MetricsMonth, mergeDays } from '#domain/metrics.ts'
import { type AdDay, daysBetween } from '#domain/time.ts'

export interface Day extends DayRow {
  day: AdDay
}

/** One row per day from the first to the last that any platform reports. */
export function dayRows(months: readonly MetricsMonth[]): Day[] {
  const rows = new Map(mergeDays(months))
  const known = [...rows.keys()]
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return []
  return daysBetween(first, last).map((day) => ({ day, ...(rows.get(day) ?? NOTHING_SERVED) }))
}

/** A day inside the reported range without a row: the platform says that it served nothing. */
const NOTHING_SERVED: DayRow = { impressions: 0, clicks: 0, spendMicros: 0, applications: 0, reach: null }
