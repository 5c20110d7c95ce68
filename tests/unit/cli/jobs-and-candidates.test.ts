import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CandidateInput } from '#domain/import/candidate-input.ts'
import { JobInput } from '#domain/ingest/native.ts'
import { adflux, freshFolder } from './adflux.ts'
import { aJob } from './documents.ts'
import { echo, sends, taughtApi } from './taught-api.ts'

test("an opening's fields are those of the native format", async () => {
  const words =
    '--company Acme --city Bogotá --country co --remote hybrid --employment-type FULL_TIME --skill SQL --skill Go --salary-min 2500000 --currency cop --apply-url https://acme.example/7 --closes-on 2026-12-31 --external-id a-1'
  const { code, document, sent } = await sends(
    ['jobs', 'create', '--title', 'Data engineer', ...words.split(' ')],
    'POST /v1/jobs',
    echo,
  )
  expect(code).toBe(0)
  expect(document).toMatchObject({ id: 'x', ref: 'X-0001' })
  expect(JobInput.parse(sent?.body)).toMatchObject({
    title: 'Data engineer',
    locations: [{ text: 'Bogotá, CO', city: 'Bogotá', country: 'CO' }],
    skills: ['SQL', 'Go'],
    salary: { min: '2500000', currency: 'COP', period: 'MONTH' },
    externalId: 'a-1',
  })
})

test('an opening may come from a file or stdin, and options replace its fields', async () => {
  const cwd = freshFolder()
  writeFileSync(join(cwd, 'job.json'), '{"title":"Old","extra":1}')
  const fromFile = await sends(['jobs', 'create', '--file', 'job.json', '--title', 'New'], 'POST /v1/jobs', echo, {
    cwd,
  })
  expect(fromFile.sent?.body).toEqual({ title: 'New', extra: 1 })
  const fromStdin = await sends(['jobs', 'create', '--file', '-'], 'POST /v1/jobs', echo, { stdin: '{"title":"T"}' })
  expect(fromStdin.sent?.body).toEqual({ title: 'T' })
  const broken = await sends(['jobs', 'create', '--file', '-'], 'POST /v1/jobs', echo, { stdin: '[1]' })
  expect(broken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('- holds no JSON object') })
})

test('a candidate keeps profile and contact apart', async () => {
  const words =
    '--name Ana --email ana@example.com --city Cali --country CO --years 4.5 --education bachelor --skill SQL --salary 5000000 --currency COP --consent recruiting,audience_ads --consent-text v3 --language es,en'
  const { sent } = await sends(['candidates', 'create', ...words.split(' ')], 'POST /v1/candidates', echo)
  expect(CandidateInput.parse(sent?.body)).toEqual({
    contact: { name: 'Ana', email: 'ana@example.com' },
    place: { text: 'Cali, CO', city: 'Cali', country: 'CO' },
    yearsExperience: 4.5,
    educationLevel: 'bachelor',
    skills: ['SQL'],
    desiredSalary: { amount: '5000000', currency: 'COP', period: 'MONTH' },
    consents: [
      { purpose: 'recruiting', granted: true, textVersion: 'v3' },
      { purpose: 'audience_ads', granted: true, textVersion: 'v3' },
    ],
    languages: ['es', 'en'],
  })
})

test('an opening is shown with what is known, and — for what is not', async () => {
  const api = await taughtApi({ 'GET /v1/jobs/JOB-0001': () => ({ body: aJob() }) })
  const { stdout } = await adflux(['jobs', 'view', 'JOB-0001'], { env: api.env })
  expect(stdout).toMatch(/^title {9}Data engineer$/m)
  expect(stdout).toMatch(/^company {7}—$/m)
  expect(stdout).toMatch(/^salary {8}COP.2,500,000\.00 to — a month$/m)
  expect(stdout).toMatch(/^applications {2}12,345$/m)
})
