import type { Connection } from '#domain/connection.ts'
import { add, type Counts, NO_COUNTS, type Rollup } from '#domain/metrics.ts'
import { type AdDay, addDays, daysBetween } from '#domain/time.ts'

export interface Period {
  since: AdDay
  until: AdDay
  counts: Counts
  days: readonly { day: AdDay; counts: Counts | null }[]
}

export interface Figures {
  /** Money of different currencies is never added. Null: of an account that is no longer connected. */
  currency: string | null
  now: Period
  /** Null unless ads were running during the whole of the days before. */
  before: Period | null
}

/** The newest day that any roll-up knows; null when there is none. Its clock is the platforms', whatever this machine's says. */
export function newestDay(rollups: readonly Rollup[]): AdDay | null {
  return rollups
    .flatMap((rollup) => Object.keys(rollup.days))
    .reduce<AdDay | null>((a, b) => (a && a > b ? a : b), null)
}

/** Sums of the last `length` days and of as many before, one entry per currency, the greatest spend first. */
export function figuresOf(
  rollups: readonly Rollup[],
  connections: readonly Pick<Connection, 'platform' | 'accountId' | 'currency'>[],
  length: number,
): Figures[] {
  const until = newestDay(rollups)
  if (until === null) return []
  const since = addDays(until, 1 - length)
  const beforeSince = addDays(since, -length)
  const byCurrency = countsPerCurrency(rollups, connections)
  return [...byCurrency]
    .map(([currency, days]) => ({
      currency,
      now: period(days, since, until),
      // Half a period would make every rise look like a triumph.
      before: (firstServed(days) ?? until) <= beforeSince ? period(days, beforeSince, addDays(since, -1)) : null,
    }))
    .toSorted((a, b) => b.now.counts.spendMicros - a.now.counts.spendMicros)
}

type Days = Map<AdDay, Counts>

/** The first day on which anything was shown; null when nothing ever was. */
const firstServed = (days: Days): AdDay | null =>
  [...days]
    .filter(([, counts]) => counts.impressions > 0)
    .reduce<AdDay | null>((a, [day]) => (a && a < day ? a : day), null)

function period(days: Days, since: AdDay, until: AdDay): Period {
  const rows = daysBetween(since, until).map((day) => ({ day, counts: days.get(day) ?? null }))
  return { since, until, days: rows, counts: rows.reduce((sum, row) => add(sum, row.counts ?? NO_COUNTS), NO_COUNTS) }
}

function countsPerCurrency(
  rollups: readonly Rollup[],
  connections: readonly Pick<Connection, 'platform' | 'accountId' | 'currency'>[],
): Map<string | null, Days> {
  const currencies = new Map(connections.map((c) => [`${c.platform}_${c.accountId}`, c.currency]))
  const all = new Map<string | null, Days>()
  for (const { days } of rollups) {
    for (const [day, accounts] of Object.entries(days)) {
      for (const [account, counts] of Object.entries(accounts)) {
        const currency = currencies.get(account) ?? null
        const known = all.get(currency) ?? new Map<AdDay, Counts>()
        known.set(day, add(known.get(day) ?? NO_COUNTS, counts))
        all.set(currency, known)
      }
    }
  }
  return all
}
