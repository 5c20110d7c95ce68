import { expect, test } from 'vitest'
import type { Connection } from '#domain/connection.ts'
import { campaignForm as texts } from '../../../web/src/i18n/en/campaign-form.ts'
import {
  bodyOf,
  currencyError,
  errorsFrom,
  errorsOf,
  type FormValues,
  patchOf,
} from '../../../web/src/screens/campaigns/form-values.ts'

const filled: FormValues = {
  platforms: ['meta'],
  amount: '20.00',
  split: {},
  start: '',
  end: '2026-12-31',
  countries: 'co, MX',
  segments: [],
  primaryText: '',
  headline: '',
  description: '',
  url: '',
  image: null,
}

test('sends a complete draft as the API takes it, and leaves out what is empty', () => {
  expect(errorsOf(filled, 'USD', texts)).toEqual({})
  expect(bodyOf(filled, 'USD')).toEqual({
    platforms: ['meta'],
    segments: [],
    dailyBudget: { amount: '20.00', currency: 'USD' },
    end: '2026-12-31',
    countries: ['CO', 'MX'],
  })
})

test('understands a decimal comma', () => {
  expect(bodyOf({ ...filled, amount: '20,5' }, 'USD').dailyBudget.amount).toBe('20.5')
})

test.each([
  ['an empty budget', { amount: '' }, 'amount'],
  ['a budget of nothing', { amount: '0' }, 'amount'],
  ['a negative budget', { amount: '-5' }, 'amount'],
  ['a budget in words', { amount: 'twenty' }, 'amount'],
  ['a budget with more decimals than the currency', { amount: '1.005' }, 'amount'],
  ['no end', { end: '' }, 'end'],
  ['an end before the start', { start: '2027-01-01' }, 'end'],
  ['no country', { countries: ' ' }, 'countries'],
  ['a country by its name', { countries: 'Colombia' }, 'countries'],
  ['an address that is none', { url: 'jobs' }, 'url'],
  ['a headline without a text', { headline: 'Nurses' }, 'primaryText'],
  ['a text without a headline', { primaryText: 'We hire nurses' }, 'headline'],
])('says at its field what is wrong with %s', (_, change, field) => {
  expect(Object.keys(errorsOf({ ...filled, ...change }, 'USD', texts))).toEqual([field])
})

test('sends the weights of several platforms, and refuses one that is no whole number', () => {
  const both: FormValues = { ...filled, platforms: ['meta', 'google-ads'], split: { meta: '3' } }
  expect(bodyOf(both, 'USD').split).toEqual({ meta: 3, 'google-ads': 1 })
  expect(errorsOf({ ...both, split: { meta: '1.5' } }, 'USD', texts)).toEqual({ split: texts.badWeight })
  expect(bodyOf(filled, 'USD')).not.toHaveProperty('split')
})

test('says before sending that accounts bill in different currencies', () => {
  const accounts = [
    { platform: 'meta', currency: 'USD' },
    { platform: 'google-ads', currency: 'COP' },
  ] as Connection[]
  expect(currencyError(accounts, ['meta', 'google-ads'], texts)).toContain('USD, COP')
  expect(currencyError(accounts, ['google-ads'], texts)).toBeUndefined()
})

const written: FormValues = {
  ...filled,
  start: '2026-12-01',
  primaryText: 'We hire nurses',
  headline: 'Nurses',
  url: 'https://jobs.example.com/1',
  image: 'a'.repeat(64),
}

test('of an edited campaign sends only what was changed', () => {
  expect(patchOf(written, written, 'USD')).toEqual({})
  expect(patchOf(written, { ...written, amount: '35,00' }, 'USD')).toEqual({
    dailyBudget: { amount: '35.00', currency: 'USD' },
  })
  expect(patchOf(written, { ...written, headline: 'Nurses wanted', image: null }, 'USD')).toEqual({
    creative: { primaryText: 'We hire nurses', headline: 'Nurses wanted', description: '' },
    image: null,
  })
})

test('lets nothing of a campaign that is there be emptied', () => {
  const emptied = { ...written, start: '', url: '', primaryText: '', headline: '' }
  expect(Object.keys(errorsOf(emptied, 'USD', texts, true)).sort()).toEqual(['headline', 'primaryText', 'start', 'url'])
  expect(errorsOf(written, 'USD', texts, true)).toEqual({})
})

test("puts the server's findings at the fields that their pointers name", () => {
  const problems = [
    { at: '/dailyBudget/amount', message: 'Too small', remedy: 'At least 5.00.' },
    { at: '/creative/headline', message: 'Too long' },
    { at: '/segments/0', message: 'No active segment' },
    { at: '/elsewhere', message: 'Shown in the note' },
  ]
  expect(errorsFrom(problems)).toEqual({
    amount: 'Too small. At least 5.00.',
    headline: 'Too long',
    segments: 'No active segment',
  })
})
