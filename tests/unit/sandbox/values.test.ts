import { expect, test } from 'vitest'
import { CITIES_AMERICAS } from '#local/sandbox/data/cities-americas.ts'
import { CITIES_WORLD } from '#local/sandbox/data/cities-world.ts'
import { majorText, microsPerMinor, minimumBudgets } from '#local/sandbox/data/currencies.ts'
import { INTERESTS, searchInterests } from '#local/sandbox/data/interests.ts'
import { CITIES, REGIONS, searchCities } from '#local/sandbox/data/places.ts'
import { dayPoint, dayShare } from '#local/sandbox/delivery/daypart.ts'
import { durationMs } from '#local/sandbox/duration.ts'
import { imageSize } from '#local/sandbox/meta/images.ts'
import { fieldTree, formParams, jsonParams } from '#local/sandbox/meta/params.ts'
import { dayAt, dayNumber, dayStart, zonedText } from '#local/sandbox/zone.ts'
import { pngImage } from '#tests/contract/sandbox/images.ts'

test('durations are ISO 8601; months, years and nonsense are none', () => {
  expect(durationMs('P7D')).toBe(7 * 86_400_000)
  expect(durationMs('P1DT2H30M')).toBe(86_400_000 + 9_000_000)
  expect(durationMs('PT1.5S')).toBe(1500)
  for (const wrong of ['P', 'PT', 'P1M', '7D', 'P-1D', 'P1Y', '']) expect(durationMs(wrong)).toBeUndefined()
})

test('a day begins where its zone says, and is 23 or 25 hours long when the clock changes', () => {
  const spring = dayNumber('2026-03-29') ?? 0
  const autumn = dayNumber('2026-10-25') ?? 0
  const length = (day: number) => (dayStart(day + 1, 'Europe/Madrid') - dayStart(day, 'Europe/Madrid')) / 3_600_000
  expect([length(spring), length(autumn), length(autumn + 1)]).toEqual([23, 25, 24])
  const late = Date.parse('2026-11-20T04:30:00Z')
  expect(dayAt(late, 'America/Bogota')).toBe(dayNumber('2026-11-19'))
  expect(dayAt(late, 'Europe/Madrid')).toBe(dayNumber('2026-11-20'))
  expect(zonedText(late, 'America/Bogota')).toBe('2026-11-19T23:30:00-0500')
  expect(zonedText(late, 'Asia/Kolkata')).toBe('2026-11-20T10:00:00+0530')
  expect(dayNumber('2026-02-30')).toBeUndefined()
})

test('the share of a day and its inverse agree', () => {
  expect(dayShare(1)).toBe(1)
  for (const point of [0, 0.01, 0.25, 0.5, 0.77, 0.999]) expect(dayPoint(dayShare(point))).toBeCloseTo(point, 9)
})

test('amounts know the currencies that the platform counts in whole units', () => {
  expect(majorText(123456, 'USD')).toBe('1234.56')
  expect(majorText(5, 'EUR')).toBe('0.05')
  expect(majorText(123456, 'COP')).toBe('123456')
  expect([microsPerMinor('USD'), microsPerMinor('COP')]).toEqual([10_000, 1_000_000])
  expect(minimumBudgets('USD').min_daily_budget_imp).toBe(100)
  expect(minimumBudgets('COP').min_daily_budget_imp).toBe(4100)
})

test('no two places and no two interests share a key', () => {
  const lines = `${CITIES_AMERICAS}${CITIES_WORLD}`.trim().split('\n')
  expect(CITIES.size).toBe(lines.length)
  const regions = new Set([...CITIES.values()].map((city) => `${city.country.code}/${city.region}`))
  expect(REGIONS.size).toBe(regions.size)
  const names = new Set([...INTERESTS.values()].map((interest) => interest.name))
  expect(INTERESTS.size).toBe(names.size)
  expect(INTERESTS.size).toBeGreaterThan(150)
})

test('places are found without accents, in either language, the exact name first', () => {
  expect(searchCities('bogota')[0]?.name).toBe('Bogotá')
  expect(searchCities('Sevilla')[0]?.name).toBe('Seville')
  expect(searchCities('Córdoba', 'AR').map((city) => city.country.code)).toEqual(['AR'])
  expect(searchCities('zzz')).toEqual([])
  expect(searchInterests('enfermer')[0]?.name).toBe('Nursing')
  expect(searchInterests('software development')[0]?.es).toBe('Desarrollo de software')
})

test('ids beyond 2^53 keep every digit, as JSON numbers and as form values', () => {
  expect(jsonParams('{"campaign_id":120230000000010007,"limit":5}')).toEqual({
    campaign_id: '120230000000010007',
    limit: 5,
  })
  expect(formParams('campaign_id=120230000000010007&filtering=%5B%7B%22field%22%3A%22name%22%7D%5D')).toEqual({
    campaign_id: '120230000000010007',
    filtering: [{ field: 'name' }],
  })
  expect(() => jsonParams('{')).toThrow(/not valid JSON/)
  expect(() => jsonParams('[1]')).toThrow(/JSON object/)
})

test('fields are read as lists, as texts and nested', () => {
  expect([...(fieldTree(['id', 'name'])?.keys() ?? [])]).toEqual(['id', 'name'])
  const tree = fieldTree('id,creative{id,name},adset')
  expect([...(tree?.keys() ?? [])]).toEqual(['id', 'creative', 'adset'])
  expect([...(tree?.get('creative')?.keys() ?? [])]).toEqual(['id', 'name'])
  expect(() => fieldTree('id,creative{id')).toThrow(/Syntax error/)
})

test('an image is known by its bytes, not by its name', () => {
  expect(imageSize(pngImage(1200, 628))).toEqual({ width: 1200, height: 628 })
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080274' + '04b0' + '01011100ffd9', 'hex')
  expect(imageSize(jpeg)).toEqual({ width: 1200, height: 628 })
  expect(imageSize(Buffer.from('GIF89a'.padEnd(40)))).toBeUndefined()
  expect(imageSize(Buffer.alloc(0))).toBeUndefined()
})
