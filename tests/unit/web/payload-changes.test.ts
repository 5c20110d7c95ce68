import { expect, test } from 'vitest'
import { payloadChanges, referred } from '../../../web/src/screens/campaigns/payload-changes.ts'

test('tells only the fields that differ, however deep, before and after', () => {
  const before = { name: 'A', daily_budget: '2000', promoted: { pixel_id: '1', event: 'LEAD' } }
  const after = { name: 'A', daily_budget: '3500', promoted: { pixel_id: '2', event: 'LEAD' } }
  expect(payloadChanges(before, after)).toEqual([
    { path: 'daily_budget', before: '2000', after: '3500' },
    { path: 'promoted.pixel_id', before: '1', after: '2' },
  ])
})

test('tells a field that comes and one that goes', () => {
  expect(payloadChanges({ start: 'x' }, { end: 'y' })).toEqual([
    { path: 'end', before: null, after: 'y' },
    { path: 'start', before: 'x', after: null },
  ])
})

test('writes a list by the names of its items, and numbers and truth values as they are sent', () => {
  const places = (...cities: object[]) => ({ cities, age_max: 65, broad: true })
  expect(
    payloadChanges(places({ key: '1', name: 'Bogotá' }), places({ key: '1', name: 'Bogotá' }, { key: '2' })),
  ).toEqual([{ path: 'cities', before: 'Bogotá', after: 'Bogotá, 2' }])
  expect(payloadChanges({ age_max: 65, broad: true }, { age_max: 60, broad: false })).toEqual([
    { path: 'age_max', before: '65', after: '60' },
    { path: 'broad', before: 'true', after: 'false' },
  ])
})

test('equal payloads differ in nothing', () => {
  expect(payloadChanges({ a: { b: [1, 2] } }, { a: { b: [1, 2] } })).toEqual([])
})

test('knows a reference to an object of the same plan from any other text', () => {
  expect(referred('{creative:9f3a}')).toEqual({ level: 'creative', rest: '9f3a' })
  expect(referred('{campaign}')).toEqual({ level: 'campaign', rest: '' })
  expect(referred('Nurses {wanted} now')).toBeNull()
})
