import { expect, test } from 'vitest'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import { city, monthly, profile } from './profiles.ts'

/** Twenty people counted by hand: 8 backend in Bogotá and Cali, 12 in sales in Lima and nowhere known. */
const backend = [
  ...Array.from({ length: 6 }, (_, i) =>
    profile({ place: city('Bogotá'), skills: ['Java', 'SQL'], yearsExperience: i + 1, educationLevel: 'bachelor' }),
  ),
  profile({ place: city('Bogota'), skills: ['java'], desiredSalary: monthly(500) }),
  profile({ place: city('Cali'), skills: ['SQL', 'Excel'], desiredSalary: monthly(700) }),
]
const sales = [
  ...Array.from({ length: 9 }, () =>
    profile({ place: city('Lima', 'PE'), skills: ['Ventas', 'Excel'], yearsExperience: 10 }),
  ),
  ...Array.from({ length: 3 }, () => profile({ skills: ['Excel'], desiredSalary: monthly(10, 'USD') })),
]
const everybody = populationOf([...backend, ...sales])

test('the table of a segment equals the count by hand', () => {
  expect(evidenceOf(backend, everybody)).toEqual({
    size: 8,
    share: 0.4,
    // Java: 7 of 8 inside, 7 of 20 overall. SQL the same 7 of 8 (six and the one in Cali). Excel: one member is too few.
    skills: [
      { value: 'Java', share: 7 / 8, overall: 7 / 20, lift: 7 / 8 / (7 / 20) },
      { value: 'SQL', share: 7 / 8, overall: 7 / 20, lift: 7 / 8 / (7 / 20) },
    ],
    places: [{ value: 'Bogotá', share: 7 / 8, overall: 7 / 20, lift: 2.5, city: 'Bogotá', country: 'CO' }],
    education: [{ value: 'bachelor', share: 6 / 8, overall: 6 / 20, lift: 2.5 }],
    yearsExperience: 3.5,
    desiredSalaryMinor: 600,
    currency: 'COP',
    salaryPeriod: 'MONTH',
  })
})

test('skills that set the segment apart come before skills that everybody has', () => {
  const { skills } = evidenceOf(sales, everybody)
  expect(skills.map(({ value, share, lift }) => [value, share, lift])).toEqual(
    [
      ['Excel', 1, 20 / 13],
      ['Ventas', 0.75, 20 / 12 / 1],
    ].map(([value, share, lift]) => [value, share, expect.closeTo(lift as number, 10)]),
  )
})

test('salaries of two currencies are not averaged: the more common one is', () => {
  expect(evidenceOf([...backend, ...sales], everybody)).toMatchObject({
    desiredSalaryMinor: 10,
    currency: 'USD',
    salaryPeriod: 'MONTH',
  })
})

test('a segment without members has no evidence, and no division by zero', () => {
  expect(evidenceOf([], everybody)).toMatchObject({ size: 0, share: 0, skills: [], yearsExperience: null })
})
