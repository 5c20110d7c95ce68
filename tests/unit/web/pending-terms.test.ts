import { expect, test } from 'vitest'
import type { Campaign } from '#domain/campaign.ts'
import { en } from '../../../web/src/i18n/en.ts'
import { formatFor } from '../../../web/src/i18n/format.ts'
import { pendingTerms } from '../../../web/src/screens/campaigns/pending-terms.ts'

const creative = {
  primaryText: 'We hire nurses',
  headline: 'Nurses',
  description: '',
  image: null,
  url: 'https://jobs.example.com/1',
  copyBy: 'person' as const,
}

const running = {
  name: 'Nurses',
  platforms: ['meta', 'google-ads'],
  dailyBudget: { minor: 2000, currency: 'USD' },
  split: {},
  startsOn: '2026-11-26',
  endsOn: '2026-12-26',
  countries: ['CO'],
  segments: [],
  creative,
  pending: null,
} as unknown as Campaign

const told = (pending: Campaign['pending']) => pendingTerms({ ...running, pending }, en, formatFor('en', 'UTC'))

test('has nothing to tell where nothing is pending', () => {
  expect(told(null)).toEqual([])
})

test('tells budget, split and end in words, before and after', () => {
  const pending = { dailyBudget: { minor: 3500, currency: 'USD' }, split: { meta: 3 }, endsOn: '2027-01-15' }
  expect(told(pending)).toEqual([
    { label: 'Budget a day', before: '$20.00', after: '$35.00' },
    { label: 'Split of the budget', before: 'in equal parts', after: 'Meta 3 · Google Ads 1' },
    { label: 'Ends', before: 'Dec 26, 2026', after: 'Jan 15, 2027' },
  ])
})

test('of the ad tells only the words and the image that change', () => {
  const pending = { creative: { ...creative, headline: 'Nurses wanted', image: 'ab'.repeat(32) } }
  expect(told(pending)).toEqual([
    { label: 'Headline', before: 'Nurses', after: 'Nurses wanted' },
    { label: 'Image', before: 'no image', after: 'image abababab' },
  ])
})
