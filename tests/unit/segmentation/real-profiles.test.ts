import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mapCandidate } from '#domain/import/candidate-record.ts'
import { columnsOf, type Mapping } from '#domain/import/columns.ts'
import { encode, fitEncoder } from '#domain/segmentation/encoder.ts'
import { evidenceOf, populationOf } from '#domain/segmentation/evidence.ts'
import type { SegmentedProfile } from '#domain/segmentation/features.ts'
import { nameSegments } from '#domain/segmentation/naming.ts'
import { mlKmeans } from '#functions/adapters/ml-kmeans/clusterer.ts'
import { readRecords } from '#functions/lib/read-records.ts'
import { sharedData } from '#tests/support/present.ts'
import { profile } from './profiles.ts'

const folder = sharedData()

/** File, mapping as a person would give it, rows, rows that cannot be understood. */
const SETS: [file: string, mapping: Mapping, rows: number, rejected: number][] = [
  [
    'stackoverflow_2017_modeldata.csv.gz',
    {
      ...{ Salary: 'desiredSalary:USD:YEAR', YearsCodedJob: 'yearsExperience', Data_scientist: 'skills' },
      ...{ Web_developer: 'skills', Mobile_developer: 'skills', DevOps: 'skills', Embedded_developer: 'skills' },
    },
    4594,
    0,
  ],
  ['hr_job_change_10k.csv.gz', { major_discipline: 'primarySkill' }, 10_000, 0],
  [
    'fcc2016_new_coders.csv.gz',
    {
      ...{ months_programming: 'yearsExperience:months', expected_salary_usd: 'desiredSalary:USD:YEAR' },
      ...{ role_interest: 'primarySkill', learning_resources: 'skills' },
    },
    5200,
    // One person wants "don't care about money i love to do it".
    1,
  ],
  [
    'cps_march2005_sample10k.csv.gz',
    { education_years: 'educationLevel', hourly_earnings_usd: 'desiredSalary:USD:HOUR' },
    10_000,
    0,
  ],
  ['resume_skills_derived.csv', { category: 'desiredPosition', max_skill_months: 'yearsExperience:months' }, 87, 0],
]

describe.skipIf(folder === null).each(SETS)('the real profiles %s', (name, mapping, rows, rejected) => {
  const file = folder === null ? [] : readRecords(readFileSync(join(folder, 'profiles', name)))
  const fields = file.flatMap(({ content }) => ('fields' in content ? [content.fields] : []))
  const columns = folder === null ? [] : columnsOf(fields, mapping).taken
  const mapped = fields.map((each) => mapCandidate(each, columns, { currency: 'USD' }))
  const people: SegmentedProfile[] = mapped.flatMap((each) => ('record' in each ? [profile(each.record.profile)] : []))

  test('are read to the last row, gaps and all', () => {
    expect([fields.length, fields.length - people.length]).toEqual([rows, rejected])
  })

  test('never give age, gender or anything but the fields of a profile', () => {
    expect(columns.map((column) => column.name)).not.toEqual(expect.arrayContaining(['age']))
    expect(columns.map((column) => column.name)).not.toEqual(expect.arrayContaining(['gender']))
  })

  test('make segments with names of their own, in which everybody is', () => {
    const rowsOfNumbers = people.map(encode(fitEncoder(people)))
    expect(rowsOfNumbers.flat().every(Number.isFinite)).toBe(true)
    const { labels } = mlKmeans().cluster({ rows: rowsOfNumbers, k: 5, seed: 42, starts: 1 })
    const population = populationOf(people)
    const segments = [0, 1, 2, 3, 4].map((cluster) => {
      const members = people.filter((_, i) => labels[i] === cluster)
      return { members, evidence: evidenceOf(members, population) }
    })
    expect(segments.reduce((sum, { evidence }) => sum + evidence.size, 0)).toBe(people.length)
    const names = nameSegments(segments)
    expect(new Set(names.map(({ es }) => es)).size).toBe(5)
    expect(new Set(names.map(({ en }) => en)).size).toBe(5)
  })
})
