import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Candidate, type CONSENT_PURPOSES } from '#domain/candidate.ts'
import { generate } from '#domain/demo/generate.ts'
import { mapCandidate } from '#domain/import/candidate-record.ts'
import { columnsOf } from '#domain/import/columns.ts'
import { JobInput } from '#domain/ingest/native.ts'

const request = { jobs: 20, candidates: 50, seed: 7 }
const bytes = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

test('exactly as many as asked for, byte by byte the same each time', () => {
  const first = generate(request)
  expect([first.jobs.length, first.candidates.length]).toEqual([20, 50])
  expect(bytes(generate(request))).toBe(bytes(first))
  expect(generate({ jobs: 0, candidates: 0, seed: 7 })).toEqual({ jobs: [], candidates: [] })
})

test('these very bytes: who changes the generator changes this number knowingly', () => {
  expect(bytes(generate(request))).toBe('ac82ab51b84f3606f8acddc8885a6b8515d5560a1a15b6d3fd8c3a4fcf4d6dbf')
})

test('another seed gives others, a longer list begins with the shorter one', () => {
  expect(bytes(generate({ ...request, seed: 8 }))).not.toBe(bytes(generate(request)))
  const longer = generate({ jobs: 40, candidates: 200, seed: 7 })
  expect(longer.jobs.slice(0, 20)).toEqual(generate(request).jobs)
  expect(longer.candidates.slice(0, 50)).toEqual(generate(request).candidates)
})

const many = generate({ jobs: 400, candidates: 2000, seed: 3 })

test('every opening is one that ingest-jobs takes, and none is like another', () => {
  for (const job of many.jobs) expect(JobInput.safeParse(job)).toMatchObject({ success: true })
  expect(new Set(many.jobs.map(({ externalId }) => externalId)).size).toBe(400)
  expect(
    new Set(many.jobs.map(({ title, company, location }) => `${title}${company}${location.city}`)).size,
  ).toBeGreaterThan(300)
})

test('every candidate is one that the import takes', () => {
  const { taken, ignored } = columnsOf(many.candidates, {})
  expect(ignored).toEqual([])
  for (const candidate of many.candidates) {
    const mapped = mapCandidate(candidate, taken, { currency: 'USD' })
    expect(mapped).toHaveProperty('record')
    if (!('record' in mapped)) continue
    const profile = Candidate.pick({ skills: true, desiredSalary: true, place: true, educationLevel: true })
    expect(profile.safeParse(mapped.record.profile)).toMatchObject({ success: true })
    expect(mapped.record.contact).toMatchObject({ name: candidate.name, email: candidate.email })
  }
})

test('nobody is real: addresses, phones and domains belong to nobody', () => {
  for (const { email, phone } of many.candidates) {
    expect(email).toMatch(/^[a-z.\d]+@example\.com$/)
    expect(phone ?? '+12025550100').toMatch(/^\+1\d{3}55501\d{2}$/)
  }
  expect(new Set(many.candidates.map(({ email }) => email)).size).toBe(2000)
  for (const { applyUrl } of many.jobs) expect(new URL(applyUrl).hostname).toMatch(/\.example\.com$/)
})

describe('shares are those that are documented', () => {
  const share = (n: number, of: readonly unknown[]): number => n / of.length
  const { jobs, candidates } = many

  test('of languages, countries and pay', () => {
    expect(share(jobs.filter(({ language }) => language === 'es').length, jobs)).toBeCloseTo(0.75, 1)
    expect(share(jobs.filter(({ salary }) => salary !== null).length, jobs)).toBeCloseTo(0.8, 1)
    expect(share(candidates.filter(({ place }) => place?.country === 'CO').length, candidates)).toBeCloseTo(0.43, 1)
    expect(share(candidates.filter(({ desiredSalary }) => desiredSalary).length, candidates)).toBeCloseTo(0.8, 1)
  })

  test('of consents', () => {
    const agreed = (purpose: (typeof CONSENT_PURPOSES)[number]): number =>
      share(candidates.filter(({ consents }) => consents.some((each) => each.purpose === purpose)).length, candidates)
    expect(agreed('recruiting')).toBeCloseTo(0.9, 1)
    expect(agreed('audience_ads')).toBeCloseTo(0.6, 1)
  })

  test('with gaps, as people leave them', () => {
    expect(candidates.filter(({ educationLevel }) => educationLevel === null).length).toBeGreaterThan(20)
    expect(candidates.filter(({ place }) => place === null).length).toBeGreaterThan(10)
    expect(new Set(candidates.flatMap(({ skills }) => skills)).size).toBeGreaterThan(40)
  })
})
