import { expect, test } from 'vitest'
import { formatFor, UNKNOWN } from '../../../web/src/i18n/format.ts'

const en = formatFor('en', 'America/Bogota')
const es = formatFor('es', 'America/Bogota')
/** Intl puts spaces that do not break between amount and currency. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ')

test('shows minor units by what a minor unit is: a hundredth of a peso, a whole yen, a thousandth of a dinar', () => {
  expect(plain(en.money({ minor: 2_000, currency: 'USD' }))).toBe('$20.00')
  expect(plain(en.money({ minor: 450_000_000, currency: 'COP' }))).toMatch(/^COP 4,500,000(\.00)?$/)
  expect(plain(en.money({ minor: 2_000, currency: 'JPY' }))).toBe('¥2,000')
  expect(plain(en.money({ minor: 2_000, currency: 'KWD' }))).toBe('KWD 2.000')
})

test('shows micros of the major unit', () => {
  expect(plain(es.micros(5_410_000, 'USD'))).toBe('5,41 US$')
})

test('what is not known is never zero', () => {
  const unknown = [en.number(null), en.percent(undefined), en.money(null), en.micros(null, 'USD'), en.micros(1, null)]
  expect([...unknown, en.instant(null)]).toEqual(Array(6).fill(UNKNOWN))
})

test('an instant is shown in the zone of the organisation, a day in none', () => {
  expect(plain(en.instant('2026-11-20T03:00:00Z'))).toBe('Nov 19, 2026, 10:00 PM')
  expect(en.day('2026-11-20')).toBe('Nov 20')
})

test('a country is shown by its name; what is no code stays as it is', () => {
  expect([es.country('MX'), en.country('MX'), es.country('Mexico')]).toEqual(['México', 'Mexico', 'Mexico'])
})
