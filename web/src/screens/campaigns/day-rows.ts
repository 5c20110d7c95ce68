import { add, type DayRow, type MetricsMonth } from '#domain/metrics.ts'
import { type AdDay, daysBetween } from '#domain/time.ts'

export interface Day extends DayRow {
  day: AdDay
}

/**
 * One row per day from the first to the last that any platform reports. Days of several platforms are added; reach is not:
 * the same person may be in both, so it is known only where a single platform reports.
 */
export function dayRows(months: readonly MetricsMonth[]): Day[] {
  const rows = new Map<AdDay, Day>()
  for (const { days } of months) {
    for (const [day, row] of Object.entries(days)) {
      const before = rows.get(day)
      rows.set(day, before ? { day, ...add(before, row), reach: null } : { day, ...row })
    }
  }
  const known = [...rows.keys()].toSorted()
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return []
  return daysBetween(first, last).map((day) => rows.get(day) ?? { day, ...NOTHING_SERVED })
}

/** A day inside the reported range without a row: the platform says that it served nothing. */
const NOTHING_SERVED: DayRow = { impressions: 0, clicks: 0, spendMicros: 0, applications: 0, reach: null }
