import { describe, expect, test } from 'vitest'
import { derive } from '#domain/metrics.ts'
import { replaceWindow, sumAll, sumDays } from '#domain/sync-digest.ts'

const row = (impressions: number, clicks = 1) => ({
  impressions,
  clicks,
  spendMicros: impressions * 1000,
  applications: 0,
  reach: impressions,
})

describe('figures', () => {
  test('ratios come from sums', () => {
    expect(derive({ impressions: 1000, clicks: 20, spendMicros: 10_000_000, applications: 4 })).toEqual({
      ctr: 0.02,
      cpcMicros: 500_000,
      cpmMicros: 10_000_000,
      costPerApplicationMicros: 2_500_000,
      applyRate: 0.2,
    })
  })

  test('a zero denominator is unknown, not zero and not infinite', () => {
    expect(Object.values(derive({ impressions: 0, clicks: 0, spendMicros: 0, applications: 0 }))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  test('a window is replaced, never added to: a restated day counts once and a vanished one not at all', () => {
    const stored = { '2026-11-01': row(10), '2026-11-02': row(20), '2026-11-03': row(30) }
    const fresh = { '2026-11-02': row(25) }
    const days = replaceWindow(stored, fresh, '2026-11-02', '2026-11-03')
    expect(days).toEqual({ '2026-11-01': row(10), '2026-11-02': row(25) })
    expect(sumDays(days)).toEqual({ impressions: 35, clicks: 2, spendMicros: 35_000, applications: 0 })
    expect(replaceWindow(days, fresh, '2026-11-02', '2026-11-03')).toEqual(days)
  })

  test('sums carry no reach: it cannot be added', () => {
    expect(sumDays({ '2026-11-01': row(10) })).not.toHaveProperty('reach')
    expect(sumAll({})).toEqual({ impressions: 0, clicks: 0, spendMicros: 0, applications: 0 })
  })
})
