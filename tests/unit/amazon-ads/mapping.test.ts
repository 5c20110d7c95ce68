import { describe, expect, test } from 'vitest'
import { majorNumber, mostOnOneDay, mostOver, usualBid } from '#functions/adapters/amazon-ads/amounts.ts'
import { classify, classifyRow, retryAfter } from '#functions/adapters/amazon-ads/failure.ts'
import { jsonText, parseJson } from '#functions/adapters/amazon-ads/json.ts'
import { rowsOf, runningId } from '#functions/adapters/amazon-ads/report.ts'
import { rowOutcomes } from '#functions/adapters/amazon-ads/rows.ts'

describe('money', () => {
  test('minor units become the exact decimal number of the currency', () => {
    expect(majorNumber({ minor: 1999, currency: 'USD' })).toBe(19.99)
    expect(majorNumber({ minor: 1999, currency: 'JPY' })).toBe(1999)
    expect(majorNumber({ minor: 1999, currency: 'KWD' })).toBe(1.999)
    expect(JSON.stringify(majorNumber({ minor: 110, currency: 'EUR' }))).toBe('1.1')
  })

  test('a day costs two budgets at most, a month 30.4 of them, a week fourteen', () => {
    const budget = { minor: 1000, currency: 'USD' }
    expect(mostOnOneDay(budget).minor).toBe(2000)
    expect(mostOver(7, budget).minor).toBe(14_000)
    expect(mostOver(31, budget).minor).toBe(30_400)
    expect(mostOver(32, budget).minor).toBe(32_400)
  })

  test('a click costs a twentieth of the budget where nobody says, and never less than the platform takes', () => {
    expect(usualBid({ minor: 2000, currency: 'USD' }).minor).toBe(100)
    expect(usualBid({ minor: 20, currency: 'USD' }).minor).toBe(2)
  })
})

describe('ids', () => {
  test('beyond 2^53 survive both ways as the numbers that they are', () => {
    const text = '[{"code":"SUCCESS","campaignId":120230000000010007}]'
    const read = parseJson(text)
    expect(read).toEqual([{ code: 'SUCCESS', campaignId: '120230000000010007' }])
    expect(jsonText(read)).toBe(text)
  })

  test('what is no JSON is undefined, not an exception', () => expect(parseJson('<html>')).toBeUndefined())
})

describe('an answer 207', () => {
  const kinds = (body: unknown, sent: number) =>
    rowOutcomes('POST /sd/campaigns', body, sent, 'campaignId').map((row) => ('id' in row ? row.id : row.failure.kind))

  test('is read row by row, in the order of the request', () => {
    const rows = [
      { code: 'INVALID_ARGUMENT', description: 'budget: too low' },
      { code: 'SUCCESS', campaignId: '7' },
      { code: 'THROTTLED' },
      { code: 'INTERNAL_ERROR' },
      { code: 'UNAUTHORIZED' },
    ]
    expect(kinds(rows, 5)).toEqual(['refusal', '7', 'throttled', 'ambiguous', 'auth'])
  })

  test('with fewer rows than were sent, or in another shape, leaves it unknown what was made', () => {
    for (const body of [[{ code: 'SUCCESS', campaignId: '7' }], { message: 'ok' }, 'ok', null])
      expect(() => kinds(body, 2)).toThrow(expect.objectContaining({ kind: 'ambiguous' }))
  })

  test('a success without an id leaves it unknown too', () =>
    expect(kinds([{ code: 'SUCCESS' }], 1)).toEqual(['ambiguous']))

  test('a refusal keeps the platform’s sentence', () =>
    expect(classifyRow('x', { code: 'INVALID_ARGUMENT', description: 'budget: too low' }).details).toEqual({
      code: 'INVALID_ARGUMENT',
      userMessage: 'budget: too low',
    }))
})

describe('an error', () => {
  const kind = (status: number, reads: boolean, headers = {}) =>
    classify(reads, 'x', status, new Headers(headers), { code: 'C', details: 'why' })

  test.each([
    [401, 'auth', 'auth'],
    [403, 'auth', 'auth'],
    [400, 'refusal', 'refusal'],
    [404, 'refusal', 'refusal'],
    [429, 'throttled', 'throttled'],
    [500, 'transient', 'ambiguous'],
    [503, 'transient', 'ambiguous'],
  ])('HTTP %i is %s for a read and %s for a write', (status, read, write) => {
    expect(kind(status, true).kind).toBe(read)
    expect(kind(status, false).kind).toBe(write)
  })

  test('says how long to wait where the platform does', () =>
    expect(kind(429, true, { 'retry-after': '12' }).details.retryAfterSeconds).toBe(12))
})

describe('a report', () => {
  const range = { since: '2026-11-01', until: '2026-11-30' }

  test('becomes rows in micros; a row without a date stands for the whole range', () => {
    const file = `[{"campaignId":120230000000010007,"date":"2026-11-02","impressions":10,"clicks":2,"cost":0.29,"leads":1},
      {"campaignId":120230000000010007,"cost":5,"cumulativeReach":44}]`
    expect(rowsOf(file, range)).toEqual([
      {
        ...{ externalId: '120230000000010007', since: '2026-11-02', until: '2026-11-02' },
        counts: { impressions: 10, clicks: 2, spendMicros: 290_000, applications: 1, reach: null },
      },
      {
        ...{ externalId: '120230000000010007', ...range },
        counts: { impressions: 0, clicks: 0, spendMicros: 5_000_000, applications: 0, reach: 44 },
      },
    ])
  })

  test('of another shape is tried again', () => {
    for (const file of ['{}', 'no', '[{"campaignId":1.5,"cost":"x"}]'])
      expect(() => rowsOf(file, range)).toThrow(expect.objectContaining({ kind: 'transient' }))
  })

  test('that is running already is named in a sentence', () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
    expect(runningId({ code: '425', detail: `The Request is a duplicate of : ${id}` })).toBe(id)
    expect(runningId({ code: '425' })).toBeUndefined()
  })
})

test('Retry-After is seconds or a date; without either it is half a minute', () => {
  const now = Date.parse('2026-11-20T15:00:00Z')
  const told = (value: string) => retryAfter(new Headers(value ? { 'retry-after': value } : {}), now)
  expect(told('7')).toBe(7)
  expect(told('Fri, 20 Nov 2026 15:01:30 GMT')).toBe(90)
  expect([told(''), told('soon'), told('Fri, 20 Nov 2026 14:00:00 GMT')]).toEqual([30, 30, 30])
})
