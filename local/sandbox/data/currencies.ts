/** What the platform knows of a currency. Amounts of budgets are integers in `1 / offset` of the major unit. */
export interface CurrencyFacts {
  offset: 1 | 100
  /** Units of the currency for one US dollar; fixed, so that the model stays deterministic. */
  perUsd: number
}

/** Meta counts these in whole units, although ISO 4217 gives some of them decimals. */
const WHOLE = new Set('CLP COP CRC HUF ISK IDR JPY KRW PYG TWD VND'.split(' '))

const PER_USD: Record<string, number> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  MXN: 18.2,
  COP: 4100,
  CLP: 940,
  ARS: 1000,
  PEN: 3.75,
  BRL: 5.5,
  UYU: 40,
  BOB: 6.9,
  PYG: 7600,
  CRC: 515,
  GTQ: 7.7,
  DOP: 60,
  HNL: 25,
  NIO: 36.8,
  VES: 40,
  CAD: 1.37,
  AUD: 1.52,
  NZD: 1.66,
  CHF: 0.88,
  SEK: 10.5,
  NOK: 10.8,
  DKK: 6.9,
  PLN: 3.95,
  CZK: 23.2,
  HUF: 360,
  RON: 4.6,
  BGN: 1.8,
  ISK: 138,
  TRY: 34,
  ILS: 3.7,
  AED: 3.67,
  SAR: 3.75,
  EGP: 48,
  MAD: 9.9,
  ZAR: 18.1,
  NGN: 1600,
  KES: 129,
  INR: 84,
  PHP: 57,
  IDR: 15800,
  MYR: 4.4,
  THB: 34.5,
  VND: 25000,
  SGD: 1.34,
  HKD: 7.8,
  TWD: 32,
  JPY: 150,
  KRW: 1360,
}

/** undefined for a currency in which the platform has no ad accounts. */
export function currencyFacts(code: string): CurrencyFacts | undefined {
  const perUsd = PER_USD[code]
  return perUsd === undefined ? undefined : { offset: WHOLE.has(code) ? 1 : 100, perUsd }
}

export interface MinimumBudgets {
  min_daily_budget_imp: number
  min_daily_budget_video_views: number
  min_daily_budget_high_freq: number
  min_daily_budget_low_freq: number
}

/** Least daily budgets in minor units: 1, 1, 5 and 40 US dollars' worth, rounded up to two digits as the platform shows them. */
export function minimumBudgets(code: string): MinimumBudgets {
  const facts = currencyFacts(code) ?? { offset: 100, perUsd: 1 }
  const minor = (usd: number): number => {
    const exact = usd * facts.perUsd * facts.offset
    const step = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1)
    return Math.ceil(exact / step) * step
  }
  return {
    min_daily_budget_imp: minor(1),
    min_daily_budget_video_views: minor(1),
    min_daily_budget_high_freq: minor(5),
    min_daily_budget_low_freq: minor(40),
  }
}

/** Integer minor units -> the decimal text in major units that insights answer: 1234 -> "12.34", "1234" without minor units. */
export function majorText(minor: number, code: string): string {
  if ((currencyFacts(code)?.offset ?? 100) === 1) return String(minor)
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`
}

/** Millionths of the major unit in one minor unit of the platform. */
export const microsPerMinor = (code: string): number => 1_000_000 / (currencyFacts(code)?.offset ?? 100)
