import { describe, expect, test } from 'vitest'
import { type AccountLimits, freshLimits } from '#domain/account-limits.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { type PauseLoad, pauseBound } from '#domain/pause-bound.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const later = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString()
const PACE = { perSecond: 100, atOnce: 80 }

const load = (platform: PlatformKey, channels: number, limits?: Partial<AccountLimits>): PauseLoad => ({
  ...{ platform, channels, pace: PACE },
  limits: limits && { ...freshLimits(platform, NOW), ...limits },
})
const bound = (...loads: PauseLoad[]) => pauseBound(Math.max(...loads.map(({ channels }) => channels)), loads, NOW)

describe('how long a stop may take', () => {
  test('a thousand campaigns on quiet accounts take what our own queue takes, and less than a minute', () => {
    const thousand = bound(load('meta', 1000), load('google-ads', 1000), load('amazon-ads', 1000))
    expect(thousand).toMatchObject({ campaigns: 1000, channels: 3000, seconds: 46, by: 'queue', platform: 'meta' })
    expect(thousand.text).toBe(
      '1,000 campaigns (3,000 channels): paused within 46 s; the bound is our queue for Meta, 80 pauses at once',
    )
  })

  test('a slower queue takes longer, whether it starts few or lets few run', () => {
    const at = (pace: PauseLoad['pace']) => bound({ ...load('meta', 1000), pace }).seconds
    expect(at({ perSecond: 100, atOnce: 20 })).toBe(158)
    expect(at({ perSecond: 5, atOnce: 80 })).toBe(208)
  })

  test('few channels of many campaigns: what takes longest is to stop each campaign', () => {
    expect(pauseBound(10_000, [load('amazon-ads', 100)], NOW)).toMatchObject({
      seconds: 208,
      by: 'halting',
      platform: null,
    })
  })

  test('nothing that runs is nothing to pause', () => {
    expect(bound(load('meta', 0))).toMatchObject({ seconds: 0, by: null, text: 'Nothing is left to pause' })
  })

  test('what Meta has counted already leaves less for pauses: those beyond wait for its next five minutes', () => {
    const at = (usedPercent: number) => bound(load('meta', 1000, { usedPercent }))
    expect(at(40)).toMatchObject({ seconds: 46, by: 'queue' })
    expect(at(50)).toMatchObject({ seconds: 346, by: 'quota', platform: 'meta' })
    expect(at(50).text).toContain('the bound is Meta’s 9,000 points in 5 minutes (a pause scores 4)')
    expect(bound(load('meta', 3000)), 'more than a whole window takes').toMatchObject({ seconds: 421, by: 'quota' })
  })

  test('an account that made no call in the whole window has all of it', () => {
    expect(bound(load('meta', 1000, { usedPercent: 70, tokensAt: later(-301) }))).toMatchObject({ by: 'queue' })
    expect(bound(load('meta', 1000, { usedPercent: 70, tokensAt: later(-299) }))).toMatchObject({ by: 'quota' })
  })

  test('Google Ads counts operations by the day and does not tell how many: three quarters may be gone', () => {
    expect(bound(load('google-ads', 1800, {})).by).toBe('queue')
    expect(bound(load('google-ads', 1900, {}))).toMatchObject({ by: 'quota', seconds: 86_480 })
  })

  test('an account that is closed for now is paused after it opens', () => {
    const closed = bound(load('meta', 10, { usedPercent: 0, closedUntil: later(120) }))
    expect(closed).toMatchObject({ seconds: 129, by: 'closed', platform: 'meta' })
    expect(bound(load('meta', 10, { usedPercent: 0, closedUntil: later(-1) })).by).toBe('queue')
  })

  test('nobody can say when a platform answers again, or when a person connects it: there is no bound', () => {
    const silent = bound(load('meta', 10), load('amazon-ads', 1, { probeAt: later(5) }))
    expect(silent).toMatchObject({ seconds: null, by: 'breaker', platform: 'amazon-ads' })
    expect(silent.text).toBe(
      '10 campaigns (11 channels): no bound, because Amazon Ads does not answer; pauses are sent again until it does',
    )
    expect(bound(load('meta', 1, { authSince: later(-5) }))).toMatchObject({ seconds: null, by: 'auth' })
  })

  test('an account with nothing to pause holds nobody up', () => {
    expect(bound(load('meta', 10), load('amazon-ads', 0, { probeAt: later(5) })).by).toBe('queue')
  })
})
