import type { DayRow } from '#domain/metrics.ts'
import { type AdDay, monthOf } from '#domain/time.ts'
import type { ReportRow } from '#functions/ports/index.ts'

/** What a report says: platform campaign id -> month -> day -> row. */
export type Reported = Map<string, Map<string, Record<AdDay, DayRow>>>

/** Takes a page over, of which nothing but the figures is held until the report is complete. A day that comes twice counts as it came last. */
export function gatherDays(reported: Reported, page: readonly ReportRow[]): void {
  for (const { externalId, since: day, counts } of page) {
    const months = reported.get(externalId) ?? new Map<string, Record<AdDay, DayRow>>()
    if (months.size === 0) reported.set(externalId, months)
    const month = monthOf(day)
    const days = months.get(month)
    if (days) days[day] = counts
    else months.set(month, { [day]: counts })
  }
}
