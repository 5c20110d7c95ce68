import { expect, test } from 'vitest'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import type { SegmentedProfile } from '#domain/segmentation/features.ts'
import { nameSegments } from '#domain/segmentation/naming.ts'
import { city, profile } from './profiles.ts'

const some = (n: number, known: Partial<SegmentedProfile>) => Array.from({ length: n }, () => profile(known))

function names(groups: SegmentedProfile[][]) {
  const everybody = populationOf(groups.flat())
  return nameSegments(groups.map((members) => ({ members, evidence: evidenceOf(members, everybody) })))
}

test('a segment is named in both languages after its field, place and seniority', () => {
  const found = names([
    some(20, { place: city('Bogotá'), primarySkill: 'Java', skills: ['Java', 'Spring Boot'], yearsExperience: 8 }),
    some(20, { place: city('Lima', 'PE'), primarySkill: 'Ventas', skills: ['Ventas', 'CRM'], yearsExperience: 1 }),
  ])
  expect(found).toEqual([
    { es: 'Desarrollo backend · Bogotá · sénior', en: 'Backend developers · Bogotá · senior' },
    { es: 'Ventas · Lima · júnior', en: 'Sales · Lima · junior' },
  ])
})

test('a skill of no known field gives its own name, a country its name in each language', () => {
  const [first] = names([
    some(20, { place: { text: 'Spain', country: 'ES' }, skills: ['Apicultura'] }),
    some(20, { place: { text: 'Chile', country: 'CL' }, skills: ['Cerámica'] }),
  ])
  expect(first).toEqual({ es: 'Perfiles de Apicultura · España', en: 'Apicultura profiles · Spain' })
})

test('without skills the name says place, seniority and education', () => {
  const [first] = names([
    some(20, { place: city('city_21'), educationLevel: 'master', yearsExperience: 15 }),
    some(30, { place: city('city_103'), educationLevel: 'bachelor', yearsExperience: 3 }),
  ])
  expect(first).toEqual({ es: 'City_21 · experto · maestría', en: "City_21 · expert · master's degree" })
})

test('names are unique even where nothing tells two segments apart, and the same every time', () => {
  const alike = () => [some(9, { skills: ['Excel'] }), some(5, { skills: ['Excel'] }), some(7, { skills: ['Excel'] })]
  const found = names(alike())
  expect(new Set(found.map(({ es }) => es)).size).toBe(3)
  expect(new Set(found.map(({ en }) => en)).size).toBe(3)
  expect(names(alike())).toEqual(found)
})

test('two segments of one field are told apart by what is left', () => {
  const java = { primarySkill: 'Java', skills: ['Java', 'Spring Boot'] }
  const found = names([
    some(15, { ...java, place: city('Cali'), yearsExperience: 4 }),
    some(15, { ...java, place: city('Medellín'), yearsExperience: 4 }),
    some(40, { skills: ['Ventas'], primarySkill: 'Ventas', place: city('Lima', 'PE'), yearsExperience: 4 }),
  ])
  expect(found.map(({ es }) => es).slice(0, 2)).toEqual(['Desarrollo backend · Cali', 'Desarrollo backend · Medellín'])
})
