import { describe, expect, test } from 'vitest'
import { readConsents } from '#domain/import/consents.ts'
import { readEmail, readPhone } from '#domain/import/contact.ts'
import { readEducation } from '#domain/import/education.ts'
import { decimalMark, readSalary } from '#domain/import/salary.ts'
import { listOf } from '#domain/import/value.ts'
import { readYears } from '#domain/import/years.ts'

const outcomeOf = (result: { value: unknown } | { unread: { message: string } }): unknown =>
  'value' in result ? result.value : result.unread.message

describe('years of experience', () => {
  test.each([
    ['5', 5],
    [7.5, 7.5],
    ['3,5', 3.5],
    ['.5', 0.5],
    ['>20', 21],
    ['<1', 0.5],
    ['20+', 20],
    ['5-10', 7.5],
    ['2 to 4 years', 3],
    ['18 months', 1.5],
    ['6 meses', 0.5],
    ['10 años', 10],
    ['más de 15 años', 16],
    ['sin experiencia', 0],
    ['', null],
    ['n/a', null],
    [null, null],
  ])('%j is %j', (given, years) => {
    expect(outcomeOf(readYears(given))).toBe(years)
  })

  test('a column of months is divided, unless a value names its own unit', () => {
    expect(outcomeOf(readYears('30', 'months'))).toBe(2.5)
    expect(outcomeOf(readYears('3 years', 'months'))).toBe(3)
  })

  test.each(['senior', '200', '-3', 'Jan 2020'])('%j is refused', (given) => {
    expect(outcomeOf(readYears(given))).toMatch(/is no length of time|more than 80/)
  })
})

describe('education', () => {
  test.each([
    ['Graduate', 'bachelor'],
    ['Masters', 'master'],
    ['High School', 'secondary'],
    ['Phd', 'doctorate'],
    ['Primary School', 'primary'],
    ['Bachillerato', 'secondary'],
    ['Técnico profesional', 'technical'],
    ['Formación Profesional', 'technical'],
    ['Profesional', 'bachelor'],
    ['Tecnólogo', 'technical'],
    ['Licenciatura; Maestría', 'master'],
    ['BE;MSc', 'master'],
    ['ingeniero', 'bachelor'],
    ['bachelor', 'bachelor'],
    ['12', 'secondary'],
    [16, 'bachelor'],
    ['0', 'none'],
    ['none', 'none'],
    ['', null],
  ])('%j is %j', (given, level) => {
    expect(outcomeOf(readEducation(given))).toBe(level)
  })

  test('what names no level is refused with the levels there are', () => {
    expect(readEducation('karate')).toMatchObject({
      unread: { message: '"karate" is no level of education', remedy: expect.stringContaining('bachelor') },
    })
  })
})

describe('a wage', () => {
  const monthlyPesos = { currency: 'COP', period: 'MONTH' } as const
  const pesos = (minor: number, period = 'MONTH') => ({ minor, currency: 'COP', period })

  test.each([
    ['2500000', pesos(250_000_000)],
    [2500000.5, pesos(250_000_050)],
    ['$ 1.750.905,00', pesos(175_090_500)],
    ['$ 6,000 - $ 11,000 Mensual', pesos(850_000)],
    ['USD 3,000', { minor: 300_000, currency: 'USD', period: 'MONTH' }],
    ['€ 32k por año', { minor: 3_200_000, currency: 'EUR', period: 'YEAR' }],
    ['S/ 2.800', { minor: 280_000, currency: 'PEN', period: 'MONTH' }],
    ['3,5 millones', pesos(350_000_000)],
    ['55913.9784946237', pesos(5_591_398)],
    [
      { minor: 12, currency: 'EUR', period: 'HOUR' },
      { minor: 12, currency: 'EUR', period: 'HOUR' },
    ],
    [
      { amount: '12.50', currency: 'USD' },
      { minor: 1250, currency: 'USD', period: 'MONTH' },
    ],
    ['0', null],
    ['', null],
  ])('%j is %j', (given, salary) => {
    expect(outcomeOf(readSalary(given, monthlyPesos))).toEqual(salary)
  })

  test('is kept as it is given: an hourly one stays hourly, a yearly one yearly', () => {
    const hourly = { currency: 'USD', period: 'HOUR', mark: '.' } as const
    expect(outcomeOf(readSalary('19.231', hourly))).toEqual({ minor: 1923, currency: 'USD', period: 'HOUR' })
  })

  test('three digits behind a mark mean what they mean elsewhere in the column', () => {
    expect(decimalMark(['9.615', '12.98', '32.69230652'])).toBe('.')
    expect(decimalMark(['9.615', '1.200'])).toBeUndefined()
    expect(decimalMark(['9,50', '1.200'])).toBe(',')
    expect(decimalMark(['9,50', '1.20'])).toBeUndefined()
  })

  test.each(["don't care about money", '-5', '1-2-3', '9999999999999999999'])('%j is refused', (given) => {
    expect(outcomeOf(readSalary(given, monthlyPesos))).toMatch(/is no wage/)
  })

  test('a yen has no cents', () => {
    expect(outcomeOf(readSalary('300000', { currency: 'JPY', period: 'MONTH' }))).toMatchObject({ minor: 300_000 })
  })
})

describe('contacts', () => {
  test('a phone gets the code of its country', () => {
    expect(outcomeOf(readPhone('300 123 45 67', 'CO'))).toBe('+573001234567')
    expect(outcomeOf(readPhone('0034 600-100-200', undefined))).toBe('+34600100200')
    expect(outcomeOf(readPhone('+1 (202) 555-0123', 'CO'))).toBe('+12025550123')
  })

  test('neither a wrong phone nor a wrong address is repeated in its problem', () => {
    expect(JSON.stringify(readPhone('604 777', undefined))).not.toMatch(/604|777/)
    expect(JSON.stringify(readEmail('zoe@@example'))).not.toContain('zoe')
  })
})

describe('consents', () => {
  test('are proven by the text agreed to', () => {
    expect(outcomeOf(readConsents('recruiting; audience ads', 'v3', '2026-02-01'))).toEqual([
      { purpose: 'recruiting', granted: true, textVersion: 'v3', at: '2026-02-01T00:00:00.000Z' },
      { purpose: 'audience_ads', granted: true, textVersion: 'v3', at: '2026-02-01T00:00:00.000Z' },
    ])
    expect(outcomeOf(readConsents('recruiting', undefined, undefined))).toBe('a consent to recruiting without its text')
    expect(outcomeOf(readConsents('everything', 'v3', undefined))).toBe('"everything" is no purpose of consent')
  })

  test('can be withdrawn', () => {
    const withdrawn = [{ purpose: 'audience_ads', granted: false, textVersion: 'v3' }]
    expect(outcomeOf(readConsents(withdrawn, undefined, undefined))).toEqual([
      { purpose: 'audience_ads', granted: false, textVersion: 'v3', at: null },
    ])
  })
})

test('lists come with semicolons, bars, commas, as JSON or as lists', () => {
  expect(listOf('Java; SQL;')).toEqual(['Java', 'SQL'])
  expect(listOf('CI/CD, SQL')).toEqual(['CI/CD', 'SQL'])
  expect(listOf('C, C++; SQL')).toEqual(['C, C++', 'SQL'])
  expect(listOf('["Java", "SQL"]')).toEqual(['Java', 'SQL'])
  expect(listOf(['Java', null, 7])).toEqual(['Java', '7'])
})
