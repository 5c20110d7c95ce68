import { minorDigits } from '#domain/currency.ts'
import type { Money } from '#domain/money.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'

/** Currencies that Meta counts in whole units, whatever ISO 4217 says. Source: Marketing API, Currency codes. */
const WHOLE_UNITS = new Set('CLP COP CRC HUF ISK IDR JPY KRW PYG TWD VND'.split(' '))

/** A budget as Meta wants it: an integer string in the currency's smallest unit there. */
export function budgetText({ minor, currency }: Money): string {
  const dropped = minorDigits(currency) - (WHOLE_UNITS.has(currency) ? 0 : minorDigits(currency))
  const unit = 10 ** dropped
  if (minor % unit !== 0)
    throw new PlatformFailure('refusal', `Meta counts ${currency} in whole units`, {
      userMessage: `Give the daily budget in ${currency} without decimals.`,
    })
  return String(minor / unit)
}

/** Meta may spend up to 75 % more on a day, and at most seven daily budgets a week. Source: Meta Business Help, About daily budgets. */
const DAILY_OVERSPEND = 1.75
const WEEK = 7

export const mostOnOneDay = ({ minor, currency }: Money): Money => ({
  minor: Math.floor(minor * DAILY_OVERSPEND),
  currency,
})

export function mostOver(days: number, { minor, currency }: Money): Money {
  const rest = Math.min(WEEK, (days % WEEK) * DAILY_OVERSPEND)
  return { minor: Math.floor(minor * (Math.floor(days / WEEK) * WEEK + rest)), currency }
}
