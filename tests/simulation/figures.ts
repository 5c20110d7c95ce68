import type { DayRow } from '#domain/metrics.ts'
import { addDays } from '#domain/time.ts'
import type { ReportQuery, ReportRow, ReportStep } from '#functions/ports/index.ts'
import type { PlatformObject } from './books.ts'
import { TODAY } from './organisation.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Days before the first day that a campaign has figures of: today, yesterday, and one in the month before. */
const DAYS = [0, 1, 22].map((back) => addDays(TODAY, -back))
const ROWS_PER_PAGE = 2
const REPORT_TAKES_MS = [1000, 40_000] as const
const SENT_TWICE = 0.2
const VANISHES = 0.1

/** What a platform says of its campaigns' days, and every time it said otherwise. */
export interface Figures {
  /** All that was ever true of a campaign's day, oldest first; undefined = nothing happened on it. */
  history(externalId: string, day: string): (DayRow | undefined)[]
  days: readonly string[]
  /** One day of one campaign is not what it was. */
  restate(): void
  report(query: ReportQuery, token: string | null): ReportStep
}

/** The figures of an account: each statement is another one, so that any row tells when it was true. */
export function accountFigures(campaigns: () => readonly PlatformObject[], time: Timeline, random: Random): Figures {
  const statements = new Map<string, (DayRow | undefined)[]>()
  const reports: { rows: ReportRow[]; readyAt: number }[] = []
  let stated = 0

  function next(): DayRow {
    stated++
    return {
      impressions: stated * 1000,
      clicks: stated * 10,
      spendMicros: stated * 1_230_000,
      applications: stated,
      reach: stated,
    }
  }
  function history(externalId: string, day: string): (DayRow | undefined)[] {
    const key = `${externalId} ${day}`
    const known = statements.get(key) ?? [undefined, next()]
    statements.set(key, known)
    return known
  }

  /** As of now: what is asked for later was true when the report was begun. */
  function begin(query: ReportQuery): number {
    const rows = campaigns().flatMap(({ id }) => {
      if (query.grain === 'lifetime') {
        const reach = DAYS.reduce((sum, day) => sum + (history(id, day).at(-1)?.reach ?? 0), 0)
        const none = { impressions: 0, clicks: 0, spendMicros: 0, applications: 0 }
        return [{ externalId: id, since: DAYS.at(-1) ?? TODAY, until: TODAY, counts: { ...none, reach } }]
      }
      return DAYS.filter((day) => day >= query.since && day <= query.until).flatMap((day) => {
        const counts = history(id, day).at(-1)
        return counts ? [{ externalId: id, since: day, until: day, counts }] : []
      })
    })
    return reports.push({ rows, readyAt: time.now() + random.between(...REPORT_TAKES_MS) }) - 1
  }

  return {
    history,
    days: DAYS,
    restate() {
      const all = campaigns()
      if (all.length === 0) return
      const campaign = random.pick(all)
      const known = history(campaign.id, random.pick(DAYS))
      known.push(random.chance(VANISHES) ? undefined : next())
    },
    report(query, token) {
      const [run, from] = token === null ? [begin(query), 0] : token.split(':').map(Number)
      const report = reports[run ?? -1]
      if (!report || report.readyAt > time.now()) return { state: 'running', token: `${run}:0` }
      const end = (from ?? 0) + ROWS_PER_PAGE
      const rows = report.rows.slice(from, end)
      return {
        state: 'page',
        rows: rows.flatMap((row) => (random.chance(SENT_TWICE) ? [row, row] : [row])),
        token: end < report.rows.length ? `${run}:${end}` : null,
      }
    },
  }
}
