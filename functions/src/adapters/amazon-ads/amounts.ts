import { minorDigits } from '#domain/currency.ts'
import { type Money, majorText } from '#domain/money.ts'

/** Budgets and bids are JSON numbers in major units: the decimal text of the exact amount, read as a number. */
export const majorNumber = (money: Money): number => Number(majorText(money))

/**
 * Amazon may spend more than the daily budget on a day and evens it out over the month: taken as twice on one day and 30.4 budgets
 * a month. To be confirmed for Sponsored Display with the account's representative; the platform's documents name no exact figure.
 */
const DAILY_OVERSPEND = 2
const MONTH_DAYS = 31
const MONTH_BUDGETS = 30.4

export const mostOnOneDay = ({ minor, currency }: Money): Money => ({ minor: minor * DAILY_OVERSPEND, currency })

export function mostOver(days: number, { minor, currency }: Money): Money {
  const rest = Math.min(MONTH_BUDGETS, (days % MONTH_DAYS) * DAILY_OVERSPEND)
  return { minor: Math.floor(minor * (Math.floor(days / MONTH_DAYS) * MONTH_BUDGETS + rest)), currency }
}

const CLICKS_A_DAY = 20
const LEAST_MAJOR = 0.02

/** What a click may cost where the connection does not say: a twentieth of the daily budget, at least what Amazon takes. */
export function usualBid({ minor, currency }: Money): Money {
  const least = Math.max(1, Math.ceil(LEAST_MAJOR * 10 ** minorDigits(currency)))
  return { minor: Math.max(least, Math.floor(minor / CLICKS_A_DAY)), currency }
}
