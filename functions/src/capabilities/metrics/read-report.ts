import type { DayRow } from '#domain/metrics.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { type AdDay, monthOf } from '#domain/time.ts'
import type { AdPlatform, ReportQuery, ReportRow } from '#functions/ports/index.ts'

/** What a report says: platform campaign id -> month -> day -> row. */
export type Reported = Map<string, Map<string, Record<AdDay, DayRow>>>

/** A whole report: `days` or `lifetimes`, whichever was asked for; or the token to ask again with, later. */
export type Read = { state: 'running'; token: string } | { state: 'whole'; days: Reported; lifetimes: ReportRow[] }

const MOST_PAGES = 2000

/** Reads a report to its end: nothing may be written before, because a row that is missing on one page may stand on the next. */
export async function readReport(platform: AdPlatform, query: ReportQuery, from: string | null): Promise<Read> {
  const days: Reported = new Map()
  const lifetimes: ReportRow[] = []
  let token = from
  for (let page = 0; page < MOST_PAGES; page++) {
    const step = await platform.report(query, token)
    if (step.state === 'running') return step
    if (query.grain === 'days') gather(days, step.rows)
    else for (const row of step.rows) lifetimes.push(row)
    token = step.token
    if (token === null) return { state: 'whole', days, lifetimes }
  }
  throw new PlatformFailure('transient', `The report does not end after ${MOST_PAGES} pages`)
}

/** Takes a page over, of which nothing but the figures is held. A day that comes twice counts as it came last. */
function gather(reported: Reported, page: readonly ReportRow[]): void {
  for (const { externalId, since: day, counts } of page) {
    const months = reported.get(externalId) ?? new Map<string, Record<AdDay, DayRow>>()
    if (months.size === 0) reported.set(externalId, months)
    const month = monthOf(day)
    const days = months.get(month)
    if (days) days[day] = counts
    else months.set(month, { [day]: counts })
  }
}
