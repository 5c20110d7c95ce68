import type { DesiredSalary } from '../candidate.ts'
import { minorDigits } from '../currency.ts'
import { decimalText, salaryPeriod } from '../ingest/money-text.ts'
import { quoted, type Read, read, textOf, unread } from './value.ts'

export interface SalaryContext {
  currency: string
  period: DesiredSalary['period']
  mark?: DecimalMark | undefined
}

export type DecimalMark = '.' | ','

/**
 * Which mark a column writes its decimals with: "9.615" alone could be either, but not beside "12.98". Undefined where the column
 * does not tell, or tells both.
 */
export function decimalMark(cells: Iterable<unknown>): DecimalMark | undefined {
  const seen = new Set<DecimalMark>()
  for (const cell of cells) {
    if (typeof cell !== 'string') continue
    for (const [, mark] of cell.matchAll(/\d([.,])(?:\d{1,2}|\d{4,})(?![\d.,])/g)) seen.add(mark as DecimalMark)
  }
  return seen.size === 1 ? [...seen][0] : undefined
}

const SIGNS: [RegExp, string][] = [
  [/US\$|U\$S/i, 'USD'],
  [/€/, 'EUR'],
  [/£/, 'GBP'],
  [/S\//, 'PEN'],
  [/R\$/, 'BRL'],
  [/MX\$/i, 'MXN'],
]

/** Money that no market has is a slip of the keyboard, and one such wage would bend a whole training. */
const MOST_MAJOR = 1e12
const REMEDY = 'Write an amount such as 2500000, "1.750.000,50" or "USD 3,000", or leave it empty.'

/**
 * A wage as it is given: the amount is not converted, a range gives its middle, 0 asks for nothing and so is unknown. Currency and
 * period of the text go before those of the column.
 */
export function readSalary(value: unknown, column: SalaryContext): Read<DesiredSalary | null> {
  if (value !== null && typeof value === 'object') return readSalaryObject(value as Record<string, unknown>, column)
  const text = textOf(value)
  if (text === null) return read(null)
  const currency = namedCurrency(text) ?? column.currency
  const amounts = amountsOf(typeof value === 'number' ? value : text, column.mark)
  const [low, high = low] = amounts
  if (low === undefined || high === undefined || amounts.length > 2 || /^-/.test(text))
    return unread(`${quoted(text)} is no wage`, REMEDY)
  return salary((low + high) / 2, currency, salaryPeriod(text) ?? column.period)
}

function salary(major: number, currency: string, period: DesiredSalary['period']): Read<DesiredSalary | null> {
  if (!(major >= 0 && major <= MOST_MAJOR)) return unread(`${major} ${currency} is no wage`, REMEDY)
  const minor = Math.round(major * 10 ** minorDigits(currency))
  return read(minor === 0 ? null : { minor, currency, period })
}

/** {minor, currency, period} as the API gives it, or {amount, currency, period} in major units. */
function readSalaryObject(given: Record<string, unknown>, column: SalaryContext): Read<DesiredSalary | null> {
  const currency = textOf(given.currency)?.toUpperCase() ?? column.currency
  if (!isCurrency(currency)) return unread(`${quoted(currency)} is no currency`, 'Use an ISO 4217 code such as USD.')
  const period = salaryPeriod(textOf(given.period)) ?? column.period
  if (typeof given.minor === 'number')
    return Number.isSafeInteger(given.minor) && given.minor >= 0
      ? read(given.minor === 0 ? null : { minor: given.minor, currency, period })
      : unread(`${given.minor} minor units are no wage`, 'Give a whole number of minor units (cents).')
  return readSalary(given.amount, { currency, period })
}

function namedCurrency(text: string): string | undefined {
  const code = /(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/.exec(text)?.[0]
  return code && isCurrency(code) ? code : SIGNS.find(([sign]) => sign.test(text))?.[1]
}

let currencies: Set<string> | undefined
export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'))
  return currencies.has(code)
}

/** "55913.9784946237", "6,000 - $ 11,000", "1.750.905,00", "3,5k". */
function amountsOf(value: string | number, mark: DecimalMark | undefined): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : []
  return [...value.matchAll(/(\d[\d.,]*)\s?(k\b|mil\b|m\b|millones\b)?/gi)].flatMap(([, digits = '', unit]) => {
    const amount = numberOf(digits.replace(/[.,]+$/, ''), mark)
    return amount === null ? [] : [amount * (!unit ? 1 : /^(k|mil)$/i.test(unit) ? 1e3 : 1e6)]
  })
}

function numberOf(digits: string, mark: DecimalMark | undefined): number | null {
  // More than three digits behind the only dot are decimals in any country.
  const decimal = mark ?? (/^\d+\.\d{4,}$/.test(digits) ? '.' : undefined)
  if (!decimal) {
    const text = decimalText(digits)
    return text === null ? null : Number(text)
  }
  const plain = digits.replaceAll(decimal === '.' ? ',' : '.', '').replace(decimal, '.')
  return Number.isNaN(Number(plain)) ? null : Number(plain)
}
