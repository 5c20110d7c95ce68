import { minorDigits } from '#domain/currency.ts'
import type { Money } from '#domain/money.ts'
import type { AdDay } from '#domain/time.ts'
import type { Language } from './language.tsx'

/** What is not known yet, or has no value (a quotient by zero): never 0. */
export const UNKNOWN = '—'

export interface Format {
  timeZone: string | undefined
  number: (value: number | null | undefined) => string
  /** Short form for axes: 12 k. */
  compact: (value: number) => string
  /** A share of 1. */
  percent: (share: number | null | undefined, digits?: number) => string
  money: (money: Money | null | undefined) => string
  /** Micros of the currency's major unit. */
  micros: (micros: number | null | undefined, currency: string | null) => string
  /** A calendar date as it is, in no zone. */
  day: (day: AdDay, style?: 'short' | 'long') => string
  /** An instant, in the organisation's zone. */
  instant: (iso: string | null | undefined) => string
  time: (iso: string) => string
  /** Of an ISO 3166-1 code; any other words stay as they are. */
  country: (code: string) => string
  list: (items: readonly string[]) => string
}

export function formatFor(language: Language, timeZone: string | undefined): Format {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const zone = timeZone ? { timeZone } : {}
  const instant = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', ...zone })
  const dayShort = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const dayLong = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const regions = new Intl.DisplayNames(language, { type: 'region' })
  const list = new Intl.ListFormat(language)
  const currencyOf = currencies(language)

  return {
    timeZone,
    number: (value) => (value == null ? UNKNOWN : number.format(value)),
    compact: (value) => compact.format(value),
    percent: (share, digits = 1) => (share == null ? UNKNOWN : percent(language, share, digits)),
    money: (money) => (money ? currencyOf(money.currency).format(major(money)) : UNKNOWN),
    micros: (micros, currency) => (micros == null || !currency ? UNKNOWN : currencyOf(currency).format(micros / 1e6)),
    day: (day, style = 'short') => (style === 'short' ? dayShort : dayLong).format(new Date(`${day}T00:00:00Z`)),
    instant: (iso) => (iso ? instant.format(new Date(iso)) : UNKNOWN),
    time: (iso) => time.format(new Date(iso)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    list: (items) => list.format(items),
  }
}

const percent = (language: Language, share: number, digits: number): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share)

function currencies(language: Language): (currency: string) => Intl.NumberFormat {
  const made = new Map<string, Intl.NumberFormat>()
  return (currency) => {
    const format =
      made.get(currency) ??
      new Intl.NumberFormat(language, {
        style: 'currency',
        currency,
        currencyDisplay: 'symbol',
        // ISO 4217 says how many; what browsers know of currencies differs.
        minimumFractionDigits: minorDigits(currency),
        maximumFractionDigits: minorDigits(currency),
      })
    made.set(currency, format)
    return format
  }
}

const major = ({ minor, currency }: Money): number => minor / 10 ** minorDigits(currency)
