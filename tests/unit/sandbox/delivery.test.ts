import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Carry, NO_CARRY, ownerDay } from '#local/sandbox/delivery/owner-days.ts'
import { joinReach, reachOf } from '#local/sandbox/delivery/reach.ts'
import type { Runner, Span } from '#local/sandbox/delivery/spans.ts'
import { dayNumber, dayStart, weekdayOf } from '#local/sandbox/zone.ts'

const ZONE = 'Europe/Madrid'
const FIRST = dayNumber('2026-03-01') ?? 0

const runner = (ad: string, changes: Partial<Runner['appeal']> = {}): Runner => ({
  ad,
  adset: 's',
  seed: ad.length * 7919 + 13,
  appeal: {
    reachable: 20_000,
    demand: 90_000,
    costPerImpression: 0.4,
    ctr: 0.014,
    cvr: 0.08,
    weight: 1,
    ...changes,
  },
})

const span = (changes: Partial<Span> = {}): Span => ({
  from: dayStart(FIRST, ZONE),
  to: Number.POSITIVE_INFINITY,
  daily: 2000,
  lifetime: undefined,
  ends: Number.POSITIVE_INFINITY,
  seed: 5,
  runners: [runner('a')],
  ...changes,
})

/** Whole days one after another; spend by day. */
function spends(spans: Span[], days: number): number[] {
  let carry: Carry = NO_CARRY
  return Array.from({ length: days }, (_, i) => {
    const { ads, after } = ownerDay(ZONE, FIRST + i, Number.POSITIVE_INFINITY, spans, carry)
    carry = after
    return ads.reduce((sum, ad) => sum + ad.spend, 0)
  })
}

test('a day costs at most 75 % more than its budget, a calendar week at most seven budgets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 150, max: 500_000 }), (seed, daily) => {
      const days = spends([span({ seed, daily, runners: [runner('a', { demand: 1e9 })] })], 21)
      for (const spent of days) expect(spent).toBeLessThanOrEqual(daily * 1.75)
      for (let week = 0; week < 3; week++) {
        const within = days.filter((_, i) => Math.floor((i + weekdayOf(FIRST)) / 7) === week)
        expect(within.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(daily * within.length)
      }
    }),
    { numRuns: 60 },
  )
})

test('some days do cost more than the budget, and a week nearly uses it up', () => {
  const days = spends([span({ runners: [runner('a', { demand: 1e9 })] })], 14)
  expect(Math.max(...days)).toBeGreaterThan(2000)
  expect(days.reduce((a, b) => a + b, 0)).toBeGreaterThan(14 * 2000 * 0.85)
})

test('a lifetime budget is never exceeded and is used up by its end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1000, max: 1e7 }),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (lifetime, days, point) => {
        const ends = dayStart(FIRST + days, ZONE) + Math.floor(point * 86_400_000)
        const spans = [span({ daily: undefined, lifetime, ends, to: ends, runners: [runner('a', { demand: 1e12 })] })]
        const total = spends(spans, days + 2).reduce((a, b) => a + b, 0)
        expect(total).toBeLessThanOrEqual(lifetime)
        expect(total).toBeGreaterThanOrEqual(lifetime * 0.98 - days - 2)
      },
    ),
    { numRuns: 60 },
  )
})

test('a day that is read while it runs only ever grows, and ends as the whole day', () => {
  const spans = [
    span({ to: dayStart(FIRST, ZONE) + 9 * 3_600_000 }),
    span({ from: dayStart(FIRST, ZONE) + 11 * 3_600_000, runners: [runner('a', { ctr: 0.03 }), runner('bb')] }),
  ]
  const end = dayStart(FIRST + 1, ZONE)
  const whole = ownerDay(ZONE, FIRST, Number.POSITIVE_INFINITY, spans, NO_CARRY).ads
  let before = ownerDay(ZONE, FIRST, dayStart(FIRST, ZONE), spans, NO_CARRY).ads
  for (let until = dayStart(FIRST, ZONE); until <= end; until += 1_234_567) {
    const now = ownerDay(ZONE, FIRST, until, spans, NO_CARRY).ads
    for (const ad of before) {
      const later = now.find((candidate) => candidate.ad === ad.ad)
      for (const figure of ['impressions', 'clicks', 'linkClicks', 'landingViews', 'spend'] as const)
        expect(later?.[figure]).toBeGreaterThanOrEqual(ad[figure])
      for (const instant of ad.conversions) expect(later?.conversions).toContain(instant)
    }
    before = now
  }
  expect(ownerDay(ZONE, FIRST, end, spans, NO_CARRY).ads).toEqual(whole)
})

test('nothing is delivered outside its stretch of time', () => {
  const noon = dayStart(FIRST, ZONE) + 12 * 3_600_000
  const half = ownerDay(ZONE, FIRST, Number.POSITIVE_INFINITY, [span({ from: noon })], NO_CARRY).ads[0]
  const full = ownerDay(ZONE, FIRST, Number.POSITIVE_INFINITY, [span()], NO_CARRY).ads[0]
  expect(half?.impressions).toBeGreaterThan(0)
  expect(half?.impressions).toBeLessThan(full?.impressions ?? 0)
  expect(ownerDay(ZONE, FIRST, noon, [span({ from: noon })], NO_CARRY).ads).toEqual([])
  expect(
    ownerDay(ZONE, FIRST + 1, Number.POSITIVE_INFINITY, [span({ to: dayStart(FIRST + 1, ZONE) })], NO_CARRY).ads,
  ).toEqual([])
})

test('applications are reported after their click and within three days of it', () => {
  const { ads } = ownerDay(ZONE, FIRST, Number.POSITIVE_INFINITY, [span({ daily: 200_000 })], NO_CARRY)
  const found = ads[0]?.conversions ?? []
  expect(found.length).toBeGreaterThan(20)
  for (const instant of found) {
    expect(instant).toBeGreaterThan(dayStart(FIRST, ZONE))
    expect(instant).toBeLessThanOrEqual(dayStart(FIRST + 1, ZONE) + 72 * 3_600_000)
  }
  expect(found.some((instant) => instant > dayStart(FIRST + 2, ZONE))).toBe(true)
  expect(found.length).toBeLessThanOrEqual(ads[0]?.linkClicks ?? 0)
})

test('reach saturates: never more than the people or the impressions, never additive, never shrinking', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), fc.integer({ min: 1, max: 1e6 }), (a, b, people) => {
      expect(reachOf(a, people)).toBeLessThanOrEqual(Math.min(a, Math.max(1, people)))
      expect(reachOf(a + b, people)).toBeGreaterThanOrEqual(reachOf(a, people))
      expect(reachOf(a + b, people)).toBeLessThanOrEqual(reachOf(a, people) + reachOf(b, people) + 1)
    }),
  )
  expect(joinReach([])).toBe(0)
  expect(joinReach([10, 100])).toBe(108)
})
