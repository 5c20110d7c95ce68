import { expect, test } from 'vitest'
import { isWeight, shareOf, sharesFor, splitOf, weightsOf } from '../../../web/src/screens/campaigns/split-values.ts'

const usd = (minor: number) => ({ minor, currency: 'USD' })

test('without weights every platform counts the same', () => {
  expect(weightsOf({ platforms: ['meta', 'google-ads'], split: {} })).toEqual({ meta: '1', 'google-ads': '1' })
  expect(splitOf({}, ['meta', 'google-ads'])).toEqual({ meta: 1, 'google-ads': 1 })
})

test('of one platform alone there is nothing to split', () => {
  expect(splitOf({ meta: '3', 'google-ads': '1' }, ['meta'])).toEqual({})
})

test('shows what each platform gets while one types, to the last cent', () => {
  const shares = sharesFor(usd(1001), ['meta', 'google-ads'], { meta: '3', 'google-ads': '1' })
  expect([...(shares ?? [])]).toEqual([
    ['meta', usd(751)],
    ['google-ads', usd(250)],
  ])
})

test('shows no shares of a weight that is none, nor of a budget too small to be split', () => {
  expect(sharesFor(usd(1000), ['meta', 'google-ads'], { meta: '' })).toBeNull()
  expect(sharesFor(usd(1), ['meta', 'google-ads'], {})).toBeNull()
})

test.each(['', '0', '-1', '1.5', '1001', 'half'])('%j is no weight', (text) => {
  expect(isWeight(text)).toBe(false)
})

test("knows one platform's share of a campaign, and none of a platform that it does not run on", () => {
  const campaign = { dailyBudget: usd(1000), platforms: ['meta' as const, 'amazon-ads' as const], split: { meta: 4 } }
  expect(shareOf(campaign, 'meta')).toEqual(usd(800))
  expect(shareOf(campaign, 'google-ads')).toBeNull()
})
