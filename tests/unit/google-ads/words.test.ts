import { describe, expect, test } from 'vitest'
import { mostOnOneDay, mostOver } from '#functions/adapters/google-ads/amounts.ts'
import { searchAd } from '#functions/adapters/google-ads/copy.ts'
import { keywordsFor } from '#functions/adapters/google-ads/keywords.ts'
import { briefFor } from '#tests/support/subjects/brief.ts'
import { connectionTo } from '#tests/support/subjects/subject.ts'

const connection = connectionTo({
  platform: 'google-ads',
  accountId: '5550000001',
  accountName: 'Andes',
  currency: 'USD',
  timeZone: 'America/Bogota',
  settings: {},
})
const { campaign, job } = briefFor({ key: 'google-ads', connection, token: '', open: () => Promise.reject() })

describe('keywords', () => {
  test('are searches for the job and for work with its skills', () => {
    const { keywords } = keywordsFor({ language: 'es', title: 'Enfermera', skills: ['UCI'], cities: ['Bogotá'] })
    expect(keywords).toContainEqual({ text: 'enfermera', match: 'PHRASE' })
    expect(keywords).toContainEqual({ text: 'empleo enfermera bogotá', match: 'PHRASE' })
    expect(keywords).toContainEqual({ text: 'empleo uci', match: 'BROAD' })
    expect(keywordsFor({ language: 'en', title: 'Nurse', skills: [], cities: [] }).keywords).toContainEqual({
      text: 'nurse jobs',
      match: 'PHRASE',
    })
  })

  test.each([
    ['Enfermero(a) profesional', 'enfermero profesional'],
    ['Consultor (a) de ventas', 'consultor de ventas'],
    ['Enfermero/a', 'enfermero'],
    ['Operarios(as)', 'operarios'],
    ['Asistente contable/administrativo', 'asistente contable administrativo'],
  ])('leave out the other gender, which nobody types: %s', (title, text) => {
    const { keywords } = keywordsFor({ language: 'es', title, skills: [], cities: [] })
    expect(keywords[0]).toEqual({ text, match: 'PHRASE' })
  })

  test('keep Google’s limits, have no letter that it refuses, and come once', () => {
    const title = 'Coordinador (a) de operaciones! de una planta = muy grande en el norte del país con turnos rotativos'
    const skills = ['SQL', 'sql', 'C++/Qt', 'x'.repeat(90), '!!!']
    const { keywords, unusable } = keywordsFor({ language: 'es', title, skills, cities: ['Bogotá'] })
    for (const { text } of keywords) {
      expect(text.length).toBeLessThanOrEqual(80)
      expect(text.split(' ').length).toBeLessThanOrEqual(10)
      expect(text).not.toMatch(/[!@%^*={};~`<>?\\|(),/]/)
    }
    expect(new Set(keywords.map(({ text }) => text)).size).toBe(keywords.length)
    expect(unusable).toContain('x'.repeat(90))
  })
})

describe('a search ad', () => {
  const ad = (more: object) =>
    searchAd({ campaign, job, language: 'es', skills: [], cities: [], finalUrl: 'https://c.example.com', ...more })

  test('has texts enough whatever the job says, all distinct, none cut inside a word', () => {
    const title = 'Coordinadora regional de operaciones logísticas internacionales'
    const company = 'Supercalifragilisticaexpialidosamenteempresarial'
    const { headlines, descriptions } = ad({ job: { ...job, title, company, places: [] } })
    expect(headlines.length).toBeGreaterThanOrEqual(3)
    expect(descriptions.length).toBeGreaterThanOrEqual(2)
    expect(new Set(headlines).size).toBe(headlines.length)
    const words = new Set(`${title} ${campaign.creative.headline} Postúlate hoy en línea Conoce la vacante`.split(' '))
    for (const text of headlines) {
      expect(text.length).toBeLessThanOrEqual(30)
      for (const word of text.replace('…', '').split(' ')) expect(words).toContain(word)
    }
    for (const text of descriptions) expect(text.length).toBeLessThanOrEqual(90)
  })

  test('speaks of its audience’s places and skills', () => {
    const { headlines, path2 } = ad({ skills: ['Kotlin'], cities: ['Medellín'] })
    expect(headlines).toContain('Empleo: Kotlin')
    expect(headlines).toContain('Empleo en Medellín')
    expect(path2).toBe('medellin')
  })

  test('counts letters of double width twice', () => {
    const { headlines } = ad({ job: { ...job, title: '看護師 募集 東京都内 総合病院 正社員 夜勤あり' } })
    const wide = headlines.find((text) => text.startsWith('看護師'))
    expect(wide?.length).toBeLessThanOrEqual(15)
  })
})

test('a day may cost twice its budget, and a calendar month 30.4 of it', () => {
  const budget = { minor: 1000, currency: 'USD' }
  expect(mostOnOneDay(budget)).toEqual({ minor: 2000, currency: 'USD' })
  expect(mostOver('2026-11-01', '2026-11-05', budget).minor).toBe(10_000)
  expect(mostOver('2026-11-01', '2026-11-30', budget).minor).toBe(30_400)
  expect(mostOver('2026-11-21', '2026-12-31', budget).minor).toBe(20_000 + 30_400)
})
