import type { Money } from '#domain/money.ts'
import { daysBetween, monthOf } from '#domain/time.ts'

/** A day may cost twice its budget, a calendar month 30.4 budgets. Source: Google Ads Help, About average daily budgets. */
const DAILY_OVERSPEND = 2
const MONTH_IN_TENTHS = 304

export const mostOnOneDay = ({ minor, currency }: Money): Money => ({ minor: minor * DAILY_OVERSPEND, currency })

/** Over whole days, both included. */
export function mostOver(startsOn: string, endsOn: string, { minor, currency }: Money): Money {
  const months = Map.groupBy(daysBetween(startsOn, endsOn), monthOf)
  const tenths = [...months.values()].map((days) => Math.min(days.length * DAILY_OVERSPEND * 10, MONTH_IN_TENTHS))
  const budgets = tenths.reduce((sum, month) => sum + month, 0)
  return { minor: Math.floor((minor * budgets) / 10), currency }
}
