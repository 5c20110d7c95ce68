import { quoted, type Read, read, textOf, unread } from './value.ts'

export type TimeUnit = 'years' | 'months' | 'weeks' | 'days'

/** Of a year. */
const PART: Record<TimeUnit, number> = { years: 1, months: 1 / 12, weeks: 1 / 52, days: 1 / 365 }

const UNITS: [TimeUnit, RegExp][] = [
  ['years', /\b(y|yr|yrs|year|years|a[nñ]os?)\b/],
  ['months', /\b(m|mo|mos|month|months|mes|meses)\b/],
  ['weeks', /\b(w|week|weeks|semanas?)\b/],
  ['days', /\b(d|day|days|d[ií]as?)\b/],
]

const NUMBER = String.raw`(\d+(?:[.,]\d+)?|[.,]\d+)`
const REMEDY = 'Write years such as 5, "3.5", "<1", ">20", "5-10" or "18 months".'

/**
 * Years of experience from a number, a band or words: "<1" is half of it, ">20" one more than it, "20+" itself, "5-10" the middle,
 * "18 months" 1.5. A unit in the text goes before `unit`. Null where nothing is said.
 */
export function readYears(value: unknown, unit: TimeUnit = 'years'): Read<number | null> {
  const text = textOf(value)?.toLowerCase().replaceAll('−', '-') ?? null
  if (text === null) return read(null)
  if (/^(none|never|ningun[oa]?|nunca|sin experiencia|no experience)$/.test(text)) return read(0)
  const amount = amountOf(text)
  if (amount === null) return unread(`${quoted(text)} is no length of time`, REMEDY)
  const own = UNITS.find(([, pattern]) => pattern.test(text))?.[0] ?? unit
  const years = Math.round(amount * PART[own] * 100) / 100
  return years <= 80 ? read(years) : unread(`${quoted(text)} is more than 80 years`, REMEDY)
}

function amountOf(text: string): number | null {
  const number = (digits: string | undefined): number => Number(digits?.replace(',', '.'))
  const bounds: [RegExp, (match: RegExpExecArray) => number][] = [
    [new RegExp(`^(?:<|less than|menos de|under)\\s*${NUMBER}`), ([, most]) => number(most) / 2],
    [new RegExp(`^(?:>|more than|m[aá]s de|over)\\s*${NUMBER}`), ([, least]) => number(least) + 1],
    [new RegExp(`^${NUMBER}\\s*\\+`), ([, least]) => number(least)],
    [new RegExp(`^${NUMBER}\\s*(?:-|–|to|a)\\s*${NUMBER}`), ([, low, high]) => (number(low) + number(high)) / 2],
    [new RegExp(`^${NUMBER}(?![\\d.,])\\s*\\p{L}*`, 'u'), ([, exact]) => number(exact)],
  ]
  for (const [pattern, amount] of bounds) {
    const match = pattern.exec(text)
    if (match) return amount(match)
  }
  return null
}
