import { expect, test } from 'vitest'
import type { DayRow, MetricsMonth } from '#domain/metrics.ts'
import { dayRows } from '../../../web/src/screens/campaigns/day-rows.ts'

const row = (clicks: number, reach: number | null): DayRow => ({
  impressions: clicks * 100,
  clicks,
  spendMicros: clicks * 1_000_000,
  applications: 1,
  reach,
})
const month = (platform: string, days: Record<string, DayRow>): MetricsMonth => ({
  id: `c/${platform}_202611`,
  schemaVersion: 1,
  platform,
  currency: 'USD',
  days,
  fetchedAt: '2026-11-30T00:00:00Z',
})

test('puts the months of one platform in the order of their days', () => {
  const rows = dayRows([
    month('meta', { '2026-12-01': row(3, 30) }),
    month('meta', { '2026-11-29': row(1, 10), '2026-11-30': row(2, 20) }),
  ])
  expect(rows.map(({ day, clicks, reach }) => [day, clicks, reach])).toEqual([
    ['2026-11-29', 1, 10],
    ['2026-11-30', 2, 20],
    ['2026-12-01', 3, 30],
  ])
})

test('adds two platforms but never their reach: the same person may be in both', () => {
  const days = { '2026-11-01': row(5, 50) }
  expect(dayRows([month('meta', days), month('google-ads', days)])).toEqual([
    { day: '2026-11-01', ...row(10, null), applications: 2 },
  ])
})

test('a day between two reported ones on which nothing was served is there, with nothing', () => {
  const rows = dayRows([month('meta', { '2026-11-01': row(1, 1), '2026-11-03': row(1, 1) })])
  expect(rows.map(({ clicks }) => clicks)).toEqual([1, 0, 1])
})
