import { expect, test } from 'vitest'
import { columns, encode, fitEncoder } from '#domain/segmentation/encoder.ts'
import { city, monthly, profile } from './profiles.ts'

const four = [
  profile({
    yearsExperience: 2,
    desiredSalary: monthly(100),
    place: city('Bogotá'),
    educationLevel: 'bachelor',
    primarySkill: 'Java',
    skills: ['Java', 'SQL'],
  }),
  profile({
    yearsExperience: 4,
    desiredSalary: monthly(300),
    place: city('Cali'),
    educationLevel: 'bachelor',
    primarySkill: 'Java',
    skills: ['java'],
  }),
  profile({ yearsExperience: 9, place: city('BOGOTA'), skills: [] }),
  profile({ skills: ['Figma'] }),
]
const encoder = fitEncoder(four)
const row = encode(encoder)
const named = (i: number) => {
  const values = row(four[i] ?? profile())
  return Object.fromEntries(columns(encoder).map((name, column) => [name, values[column]]))
}

test('years: the median stands for the unknown one, then mean 0 and population deviation 1', () => {
  // 2, 4, 9 and the median 4: mean 4.75, variance (7.5625 + 0.5625 + 18.0625 + 0.5625) / 4 = 6.6875
  expect(encoder.years).toEqual({ median: 4, mean: 4.75, deviation: Math.sqrt(6.6875) })
  expect(named(0).years).toBeCloseTo((2 - 4.75) / Math.sqrt(6.6875), 12)
  expect(named(3).years).toBeCloseTo((4 - 4.75) / Math.sqrt(6.6875), 12)
})

test('salary: known 1200 and 3600 a year, the median 2400 for the two unknown', () => {
  // mean 2400, variance (1200² + 1200²) / 4 = 720000
  expect(named(0).salary).toBeCloseTo(-1200 / Math.sqrt(720_000), 12)
  expect(named(2).salary).toBe(0)
})

test('places and skills are the same whatever their case and accents; a missing value is a category of its own', () => {
  expect(columns(encoder)).toEqual([
    'years',
    'salary',
    'place=bogota|CO',
    'place=cali|CO',
    'place=unknown',
    'education=bachelor',
    'education=unknown',
    'primarySkill=java',
    'primarySkill=unknown',
    'skill=figma',
    'skill=java',
    'skill=sql',
  ])
  expect(named(2)).toMatchObject({ 'place=bogota|CO': 1, 'place=cali|CO': 0, 'education=unknown': 1 })
})

test('skills weigh by their rarity and have length 1', () => {
  const java = Math.log(5 / 3) + 1
  const sql = Math.log(5 / 2) + 1
  const length = Math.hypot(java, sql)
  expect(named(0)['skill=java']).toBeCloseTo(java / length, 12)
  expect(named(0)['skill=sql']).toBeCloseTo(sql / length, 12)
  expect(named(1)['skill=java']).toBe(1)
  expect(named(2)['skill=java']).toBe(0)
})

test('what the training never saw is ignored', () => {
  const stranger = row(profile({ place: city('Lima', 'PE'), primarySkill: 'Rust', skills: ['Rust'] }))
  const filled = columns(encoder).filter((_, i) => stranger[i] !== 0)
  expect(filled).toEqual(['years', 'education=unknown'])
})

test('an hourly and a yearly wage of one currency are the same feature', () => {
  const paid = fitEncoder([
    profile({ desiredSalary: { minor: 1000, currency: 'USD', period: 'HOUR' } }),
    profile({ desiredSalary: { minor: 1000 * 2080, currency: 'USD', period: 'YEAR' } }),
    profile({ desiredSalary: { minor: 1, currency: 'USD', period: 'YEAR' } }),
  ])
  const salary = (period: 'HOUR' | 'YEAR', minor: number) =>
    encode(paid)(profile({ desiredSalary: { minor, currency: 'USD', period } }))[1]
  expect(salary('HOUR', 1000)).toBe(salary('YEAR', 2_080_000))
})

test('two currencies are compared by their standing within their own', () => {
  const paid = fitEncoder(
    [100, 200, 300].flatMap((n) => [
      profile({ desiredSalary: monthly(n * 4000, 'COP') }),
      profile({ desiredSalary: monthly(n, 'USD') }),
    ]),
  )
  const salary = (minor: number, currency: string) =>
    encode(paid)(profile({ desiredSalary: monthly(minor, currency) }))[1] ?? 0
  expect(salary(300, 'USD')).toBeCloseTo(salary(1_200_000, 'COP'), 12)
  expect(salary(300, 'USD')).toBeGreaterThan(1)
})

test('nothing known of anybody makes equal rows, not NaN', () => {
  const nobody = fitEncoder([profile(), profile()])
  expect(encode(nobody)(profile())).toEqual([0, 0, 1, 1, 1])
})

test('at most 100 skills and 200 places have a column', () => {
  const many = Array.from({ length: 500 }, (_, i) =>
    profile({ place: city(`City ${i % 300}`), skills: [`Skill ${i % 150}`, 'Common'] }),
  )
  const fitted = fitEncoder(many)
  expect(fitted.terms).toHaveLength(100)
  expect(fitted.places).toHaveLength(200)
  expect(fitted.terms.map(({ term }) => term)).toContain('common')
})
