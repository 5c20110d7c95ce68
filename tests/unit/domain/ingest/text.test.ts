import { describe, expect, test } from 'vitest'
import { headersOf } from '#domain/ingest/columns.ts'
import { countryCode } from '#domain/ingest/country.ts'
import { dayOf, instantOf, relativeDay } from '#domain/ingest/dates.ts'
import { employmentType, remoteKind } from '#domain/ingest/employment.ts'
import { type Entries, type Entry, readEntries, shardOf, writeEntries } from '#domain/ingest/manifest.ts'
import { decimalText, salaryFromText, salaryOf } from '#domain/ingest/money-text.ts'
import { placeFromText, placesFromText } from '#domain/ingest/place.ts'
import { clip, webUrl } from '#domain/ingest/text.ts'

describe('places as people write them', () => {
  test.each([
    ['Remote, Italy', { country: 'IT' }],
    ['New York, New York', { city: 'New York', region: 'New York', country: 'US' }],
    ['Austin, TX', { city: 'Austin', region: 'TX', country: 'US' }],
    ['Berlin, Berlin, Germany', { city: 'Berlin', region: 'Berlin', country: 'DE' }],
    ['St. Louis, MO, United States', { city: 'St. Louis', region: 'MO', country: 'US' }],
    ['Bogotá, Colombia', { city: 'Bogotá', country: 'CO' }],
    ['Ciudad de México, México', { city: 'Ciudad de México', country: 'MX' }],
    ['Lima', { city: 'Lima' }],
    ['Perú', { country: 'PE' }],
    ['Denver, CO', { city: 'Denver', region: 'CO' }],
    ['Atlanta, Georgia', { city: 'Atlanta', region: 'Georgia' }],
    ['Remote', {}],
    ['Europe', {}],
    ['3 Locations', {}],
    ['Hybrid - London, UK', { city: 'London', country: 'GB' }],
  ])('%s', (text, expected) => {
    expect(placeFromText(text)).toEqual({ text, ...expected })
  })

  test('several in one text, and the office that names the country of a lone one', () => {
    expect(placesFromText('Bogotá, Colombia; Lima, Perú').map(({ country }) => country)).toEqual(['CO', 'PE'])
    expect(placesFromText('Medellín', ['Colombia'])[0]).toMatchObject({ city: 'Medellín', country: 'CO' })
    expect(placesFromText('Medellín', ['Colombia', 'Chile'])[0]?.country).toBeUndefined()
    expect(placesFromText(null)).toEqual([])
  })
})

test.each([
  ['Colombia', 'CO'],
  ['MÉXICO', 'MX'],
  ['mexico', 'MX'],
  ['Estados Unidos', 'US'],
  ['Brasil', 'BR'],
  ['us', 'US'],
  ['UK', 'GB'],
  ['Deutschland', 'DE'],
  ['XX', undefined],
  ['European Union', undefined],
  ['', undefined],
])('the country %s is %s', (name, code) => {
  expect(countryCode(name)).toBe(code)
})

describe('salaries as people write them', () => {
  const month = (minMinor: number, maxMinor: number, currency: string) => ({
    minMinor,
    maxMinor,
    currency,
    period: 'MONTH',
  })
  test.each([
    ['$ 1.750.905,00 (Mensual)', 'COP', month(175_090_500, 175_090_500, 'COP')],
    ['$ 20,000 - $ 25,000 Mensual', 'MXN', month(2_000_000, 2_500_000, 'MXN')],
    ['$ 12,000 Mensual', 'MXN', month(1_200_000, 1_200_000, 'MXN')],
    ['S/ 1,500 mensual', 'COP', month(150_000, 150_000, 'PEN')],
    ['US$ 900 - 1.200 al mes', 'COP', month(90_000, 120_000, 'USD')],
    ['USD 65k-85k per year', undefined, { minMinor: 6_500_000, maxMinor: 8_500_000, currency: 'USD', period: 'YEAR' }],
    ['€ 18.50 / hour', undefined, { minMinor: 1850, maxMinor: 1850, currency: 'EUR', period: 'HOUR' }],
    ['¥ 300000 monthly', 'JPY', month(300_000, 300_000, 'JPY')],
    ['A convenir', 'COP', null],
    ['$ 15,000', 'MXN', null],
    ['$ 15,000 Mensual', undefined, null],
    ['', 'COP', null],
    [null, 'COP', null],
  ])('%s', (text, currency, expected) => {
    expect(salaryFromText(text, currency)).toEqual(expected)
  })

  test('a range the wrong way round is turned, half a salary is none', () => {
    expect(salaryOf({ min: 9, max: 5, currency: 'usd', period: 'hour' })).toMatchObject({
      minMinor: 500,
      maxMinor: 900,
    })
    expect(salaryOf({ min: 9, max: 5, currency: 'USD' })).toBeNull()
    expect(salaryOf({ currency: 'USD', period: 'hour' })).toBeNull()
    expect(salaryOf({ min: 9, currency: 'dollars', period: 'hour' })).toBeNull()
  })

  test.each([
    ['1.750.905,00', '1750905.00'],
    ['20,000', '20000'],
    ['1,234.5', '1234.5'],
    ['12.50', '12.50'],
    ['65000', '65000'],
    ['1.500', '1500'],
    ['x', null],
  ])('the number %s', (text, expected) => {
    expect(decimalText(text)).toBe(expected)
  })
})

describe('dates as sources write them', () => {
  test.each([
    ['2026-07-17T08:48:22-04:00', '2026-07-17T12:48:22.000Z'],
    ['2026-08-05 11:45:30 UTC', '2026-08-05T11:45:30.000Z'],
    ['2026-08-05', '2026-08-05T00:00:00.000Z'],
    ['2026-08-05T10:00:00', '2026-08-05T10:00:00.000Z'],
    ['Wed, 19 Aug 2026 23:10:38 GMT', '2026-08-19T23:10:38.000Z'],
    ['Wed, 19 Aug 2026 05:00:00:0', '2026-08-19T05:00:00.000Z'],
    [1_779_223_091_267, '2026-05-19T20:38:11.267Z'],
    [1_779_223_091, '2026-05-19T20:38:11.000Z'],
    ['1779223091267', '2026-05-19T20:38:11.267Z'],
    ['2026-02-30', null],
    ['pronto', null],
    ['', null],
    [null, null],
    [9e15, null],
  ])('%s', (value, expected) => {
    expect(instantOf(value)).toBe(expected)
  })

  test.each([
    ['2026-12-31T23:00:00-05:00', '2026-12-31'],
    ['31/12/2026', '2026-12-31'],
    ['1.2.2027', '2027-02-01'],
    ['31/13/2026', null],
    ['pronto', null],
    [null, null],
  ])('the day of %s', (value, expected) => {
    expect(dayOf(value)).toBe(expected)
  })

  test.each([
    ['Posted Today', '2026-11-20T00:00:00.000Z'],
    ['Posted Yesterday', '2026-11-19T00:00:00.000Z'],
    ['Posted 3 Days Ago', '2026-11-17T00:00:00.000Z'],
    ['Posted 30+ Days Ago', '2026-10-21T00:00:00.000Z'],
    ['Hace 2 días', '2026-11-18T00:00:00.000Z'],
    ['Recently', null],
    [null, null],
  ])('%s', (text, expected) => {
    expect(relativeDay(text, '2026-11-20T15:00:00Z')).toBe(expected)
  })
})

test.each([
  ['Full-time', 'FULL_TIME'],
  ['FullTime', 'FULL_TIME'],
  ['fulltime permanent', 'FULL_TIME'],
  ['Contrato a término indefinido / Tiempo Completo', 'FULL_TIME'],
  ['Contrato de Obra o labor / Tiempo Completo', 'TEMPORARY'],
  ['Contrato civil por prestación de servicios / Por Horas', 'CONTRACTOR'],
  ['Contrato de aprendizaje / Tiempo Completo', 'INTERN'],
  ['Part-time', 'PART_TIME'],
  ['PER_DIEM', 'PER_DIEM'],
  ['Something else', 'OTHER'],
  ['', null],
  [undefined, null],
])('the employment type of %s is %s', (text, expected) => {
  expect(employmentType(text)).toBe(expected)
})

test.each([
  ['Remote, Italy', 'remote'],
  ['Hybrid remote', 'hybrid'],
  ['On-site', 'onsite'],
  ['OnSite', 'onsite'],
  ['Teletrabajo', 'remote'],
  ['Híbrido', 'hybrid'],
  ['Presencial', 'onsite'],
  ['Lima', null],
])('%s is %s', (text, expected) => {
  expect(remoteKind(text)).toBe(expected)
})

test('headers mean a place or not by their company', () => {
  expect(headersOf(['Puesto', 'Ciudad', 'Departamento', 'Estado'])).toEqual({
    ...{ title: 'Puesto', city: 'Ciudad', region: 'Departamento', status: 'Estado' },
  })
  expect(headersOf(['title', 'Departamento', 'Estado'])).toEqual({
    ...{ title: 'title', department: 'Departamento', status: 'Estado' },
  })
  expect(headersOf(['Ciudad', 'Estado'])).toEqual({ city: 'Ciudad', region: 'Estado' })
})

test('a text of one line is one, and is never cut inside of a character', () => {
  expect(clip('  a\n\tb\u0000c\u200b  ', 10)).toBe('a b c')
  expect(clip('ab😀', 3)).toBe('ab')
})

test.each([
  ['https://x.example/a?b=1', 'https://x.example/a?b=1'],
  [' http://x.example ', 'http://x.example/'],
  ['javascript:alert(1)', null],
  ['//x.example', null],
  ['https://user@x.example', null],
  ['x', null],
  ['', null],
])('the address %s', (text, expected) => {
  expect(webUrl(text)).toBe(expected)
})

test('a manifest is read as it was written, in one text whatever the order', () => {
  const entry = { hash: 'ab', stamp: 5, state: 'open' as const, since: 0, ref: 'JOB-0001', misses: 0 }
  const entries: Entries = new Map<string, Entry>([
    ['b'.repeat(20), { ...entry, state: 'absent' as const, misses: 2 }],
    ['a'.repeat(20), entry],
  ])
  const text = writeEntries(entries)
  expect(readEntries(text)).toEqual(entries)
  expect(writeEntries(new Map([...entries].reverse()))).toBe(text)
  expect(readEntries(undefined).size).toBe(0)
  expect(() => readEntries('{"a":["h",1,"?",0,"JOB-1"]}')).toThrow('does not know')
})

test('keys spread over all sixteen shards', () => {
  const shards = new Set(Array.from({ length: 256 }, (_, i) => shardOf(i.toString(16).padStart(2, '0'))))
  expect(shards.size).toBe(16)
})
