import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PLATFORMS } from '#domain/ids.ts'
import { sharesOf } from '#domain/split.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })

describe('a budget over several platforms', () => {
  test('is shared by weight, and the parts are the whole', () => {
    expect(sharesOf(usd(2000), ['meta', 'google-ads'], { meta: 3 }).get('meta')).toEqual(usd(1500))
    expect([...sharesOf(usd(1000), PLATFORMS, {}).values()].map((m) => m.minor)).toEqual([334, 333, 333])
  })

  test('adds up to the cent for any budget and any weights', () => {
    const weights = fc.record({
      meta: fc.integer({ min: 1, max: 1000 }),
      'google-ads': fc.integer({ min: 1, max: 1000 }),
    })
    fc.assert(
      fc.property(fc.integer({ min: 3000, max: 10_000_000 }), weights, (minor, split) => {
        const parts = [...sharesOf(usd(minor), PLATFORMS, split).values()]
        expect(parts.reduce((sum, part) => sum + part.minor, 0)).toBe(minor)
      }),
    )
  })

  test('that leaves one of them nothing is refused', () => {
    expect(() => sharesOf(usd(2), PLATFORMS, {})).toThrow(/too small/)
  })
})
