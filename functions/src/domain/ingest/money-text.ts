import type { z } from 'zod'
import type { Salary, SalaryPeriod } from '../job.ts'
import { parseMoney } from '../money.ts'
import { plain } from './text.ts'

type Period = z.infer<typeof SalaryPeriod>

const PERIODS: [Period, RegExp][] = [
  ['HOUR', /\b(hour|hourly|hora|hr|hrs|por hora)\b/],
  ['DAY', /\b(day|daily|dia|diari[oa])\b/],
  ['WEEK', /\b(week|weekly|semana|semanal)\b/],
  ['MONTH', /\b(month|monthly|mes|mensual|mensuales|mo)\b/],
  ['YEAR', /\b(year|yearly|annual|annum|annually|ano|anual|anuales|yr)\b/],
]

/** "yearly", "1 YEAR", "per-year-salary", "Mensual" -> period; null where the words name none. */
export function salaryPeriod(text: string | null | undefined): Period | null {
  const words = plain(text ?? '')
  return PERIODS.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}

const SYMBOLS: [RegExp, string][] = [
  [/US\$|U\$S|USD/i, 'USD'],
  [/MX\$|MXN/i, 'MXN'],
  [/COL\$|COP/i, 'COP'],
  [/AR\$|ARS/i, 'ARS'],
  [/S\/\.?|PEN/, 'PEN'],
  [/CLP/i, 'CLP'],
  [/€|EUR/i, 'EUR'],
  [/£|GBP/i, 'GBP'],
]

/**
 * A number as people write it: "1.750.905,00", "20,000", "65000", "12.50". The last separator is the decimal one when one or two
 * digits follow it and it occurs once; null for what is no number.
 */
export function decimalText(raw: string): string | null {
  const digits = raw.replace(/[\s\u00a0']/g, '')
  if (!/^\d[\d.,]*$/.test(digits)) return null
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const separator = digits[last]
  const once = last >= 0 && digits.indexOf(separator ?? '') === last
  const decimals = digits.length - last - 1
  if (last < 0 || !once || decimals > 2 || decimals === 0) return digits.replace(/[.,]/g, '') || null
  return `${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`
}

interface Range {
  min?: number | string | null | undefined
  max?: number | string | null | undefined
  currency?: string | null | undefined
  /** In the source's words. */
  period?: string | null | undefined
}

const minor = (amount: number | string | null | undefined, currency: string): number | null => {
  if (amount === null || amount === undefined || amount === '') return null
  const text = typeof amount === 'number' ? String(amount) : decimalText(amount.trim())
  if (text === null) return null
  try {
    const { minor: value } = parseMoney(text, currency)
    return value > 0 ? value : null
  } catch {
    return null
  }
}

/** A salary from a source's own fields; null where amount, currency or period is missing: half of it could be misread twelvefold. */
export function salaryOf({ min, max, currency, period }: Range): Salary | null {
  const code = currency?.trim().toUpperCase()
  const per = salaryPeriod(period)
  if (!code || !/^[A-Z]{3}$/.test(code) || !per) return null
  const low = minor(min, code)
  const high = minor(max, code)
  if (low === null && high === null) return null
  const swapped = low !== null && high !== null && low > high
  return { minMinor: swapped ? high : low, maxMinor: swapped ? low : high, currency: code, period: per }
}

/**
 * Reads "$ 1.750.905,00 (Mensual)", "$ 20,000 - $ 25,000 Mensual", "USD 65k-85k per year". `currency` is what a bare "$" means
 * where the job is. Null for "A convenir" and whatever names no amount or no period.
 */
export function salaryFromText(text: string | null | undefined, currency: string | undefined): Salary | null {
  if (!text) return null
  const code = SYMBOLS.find(([pattern]) => pattern.test(text))?.[1] ?? currency
  const amounts = [...text.matchAll(/(\d[\d.,]*)\s?(k\b)?/gi)].map(([, digits = '', thousand]) => {
    const decimal = decimalText(digits.replace(/[.,]+$/, ''))
    return decimal && thousand ? String(Math.round(Number(decimal) * 1000)) : decimal
  })
  if (amounts.length === 0 || amounts.length > 2) return null
  const [min, max] = amounts
  return salaryOf({ min: min ?? null, max: max ?? min ?? null, currency: code, period: text })
}
