import { expect, test } from 'vitest'
import type { Rollup } from '#domain/metrics.ts'
import { addDays } from '#domain/time.ts'
import { figuresOf, newestDay } from '../../../web/src/screens/dashboard/figures.ts'

const dollars = { platform: 'meta', accountId: '1', currency: 'USD' } as const
const pesos = { platform: 'google-ads', accountId: '2', currency: 'COP' } as const
const counts = (spendMicros: number) => ({ impressions: 100, clicks: 10, spendMicros, applications: 1 })

/** One month of `n` days from the first of November, each with the same spend on each account. */
function november(n: number, accounts: Record<string, number>): Rollup {
  const days = Array.from({ length: n }, (_, i) => [
    addDays('2026-11-01', i),
    Object.fromEntries(Object.entries(accounts).map(([account, spend]) => [account, counts(spend)])),
  ])
  return { id: '202611', schemaVersion: 1, days: Object.fromEntries(days), fetchedAt: '2026-11-30T00:00:00Z' }
}

test('ends on the newest day that a platform reported, not on the clock of this machine', () => {
  expect(newestDay([november(20, { meta_1: 1 })])).toBe('2026-11-20')
  expect(newestDay([])).toBeNull()
})

test('sums exactly the days asked for', () => {
  const [figures] = figuresOf([november(20, { meta_1: 2_000_000 })], [dollars], 14)
  expect(figures?.now).toMatchObject({ since: '2026-11-07', until: '2026-11-20' })
  expect(figures?.now.counts).toEqual({ impressions: 1400, clicks: 140, spendMicros: 28_000_000, applications: 14 })
})

test('never adds money of two currencies', () => {
  const all = figuresOf([november(14, { meta_1: 1, 'google-ads_2': 9 })], [dollars, pesos], 14)
  expect(all.map(({ currency, now }) => [currency, now.counts.spendMicros])).toEqual([
    ['COP', 126],
    ['USD', 14],
  ])
})

test('keeps the figures of an account that is no longer connected, without a currency', () => {
  expect(figuresOf([november(14, { meta_9: 1 })], [dollars], 14).map(({ currency }) => currency)).toEqual([null])
})

test('compares only with days that were whole', () => {
  const short = figuresOf([november(20, { meta_1: 1 })], [dollars], 14)
  const long = figuresOf([november(28, { meta_1: 1 })], [dollars], 14)
  expect(short[0]?.before).toBeNull()
  expect(long[0]?.before?.counts.clicks).toBe(140)
})

test('a day that nobody reported is unknown, not zero', () => {
  const [figures] = figuresOf([november(3, { meta_1: 1 })], [dollars], 14)
  expect(figures?.now.days.filter((day) => day.counts === null)).toHaveLength(11)
})
