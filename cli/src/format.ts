import { minorDigits } from '#domain/currency.ts'
import { type Money, majorText } from '#domain/money.ts'

/** What stands for a value that nobody knows: never 0. */
export const UNKNOWN = '—'

type Maybe<T> = T | null | undefined

/** Without what a terminal would obey: a job's title must not move the cursor. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')

export interface Formats {
  money(amount: Maybe<Money>): string
  /** Micros of the currency's major unit. */
  micros(amount: Maybe<number>, currency: Maybe<string>): string
  integer(n: Maybe<number>): string
  decimal(n: Maybe<number>, digits?: number): string
  percent(share: Maybe<number>): string
  instant(iso: Maybe<string>): string
}

/** The language of numbers and dates that the environment asks for, as a BCP 47 tag. */
export function localeFrom(env: Record<string, string | undefined>): string {
  const asked = env.LC_ALL || env.LC_NUMERIC || env.LANG || ''
  const tag = asked.split('.')[0]?.replace('_', '-') ?? ''
  if (tag === 'C' || tag === 'POSIX' || tag === '') return 'en'
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

export function formatsOf(locale: string): Formats {
  const known = <T>(value: Maybe<T>, show: (value: T) => string): string =>
    value === null || value === undefined ? UNKNOWN : show(value)
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const integer = number({ maximumFractionDigits: 0 })
  const percent = number({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const currencyOf = (currency: string): Intl.NumberFormat =>
    number({ style: 'currency', currency, minimumFractionDigits: minorDigits(currency), currencyDisplay: 'code' })
  return {
    // Intl reads the decimal text itself: no amount passes through a float.
    money: (amount) => known(amount, (m) => currencyOf(m.currency).format(majorText(m) as Intl.StringNumericLiteral)),
    micros: (amount, currency) =>
      known(amount, (n) => (currency ? currencyOf(currency).format(n / 1_000_000) : UNKNOWN)),
    integer: (n) => known(n, (value) => integer.format(value)),
    decimal: (n, digits = 2) => known(n, (value) => number({ maximumFractionDigits: digits }).format(value)),
    percent: (share) => known(share, (value) => percent.format(value)),
    instant: (iso) => known(iso, (text) => instant.format(new Date(text))),
  }
}
