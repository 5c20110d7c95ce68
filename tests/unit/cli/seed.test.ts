import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { CandidateInput } from '#domain/import/candidate-input.ts'
import { JobInput } from '#domain/ingest/native.ts'
import { adflux, freshFolder } from './adflux.ts'
import { type FakeApi, fakeApi, type Seen } from './fake-api.ts'

let api: FakeApi | undefined
afterEach(async () => {
  vi.unstubAllGlobals()
  expect(api?.faults ?? []).toEqual([])
  await api?.close()
  api = undefined
})

const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const taken = ({ bytes }: Seen) => {
  const received = lines(bytes.toString()).length
  return { body: { received, created: received, updated: 0, unchanged: 0, rejected: 0, problems: [] } }
}
const store = { 'POST /ingest/v1/jobs': taken, 'POST /v1/candidates/import': taken }

async function written(
  argv: string[],
  env: Record<string, string> = {},
): Promise<{ jobs: string; candidates: string }> {
  const cwd = freshFolder()
  const told = await adflux(['data', 'seed', '--out', 'demo', ...argv], { cwd, env })
  expect(told).toMatchObject({ code: 0, stderr: '' })
  const read = (name: string): string => readFileSync(join(cwd, 'demo', name), 'utf8')
  return { jobs: read('jobs.ndjson'), candidates: read('candidates.ndjson') }
}

test('the same seed writes the same bytes, another seed others', async () => {
  const once = await written(['--jobs', '20', '--candidates', '50', '--seed', '7'])
  expect(await written([])).toEqual(once)
  expect((await written(['--seed', '8'])).jobs).not.toBe(once.jobs)
  expect(lines(once.jobs)).toHaveLength(20)
  expect(lines(once.candidates)).toHaveLength(50)
})

test('exactly 20 openings and 50 people are pushed, in the formats that the API takes', async () => {
  api = await fakeApi(store)
  const { code, stdout } = await adflux(['data', 'seed', '--jobs', '20', '--candidates', '50', '--json'], {
    env: api.env,
  })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ seed: 7, jobs: { received: 20 }, candidates: { received: 50 } })
  const [jobs, candidates] = api.seen
  for (const job of lines(jobs?.bytes.toString() ?? '')) expect(JobInput.safeParse(job).error).toBeUndefined()
  expect(candidates?.query).toEqual({ source: 'demo' })
  expect(lines(candidates?.bytes.toString() ?? '')).toHaveLength(50)
})

test('none of a kind is none: nothing is sent for it', async () => {
  api = await fakeApi(store)
  const { stdout } = await adflux(['data', 'seed', '--jobs', '0', '--candidates', '3', '--json'], { env: api.env })
  expect(JSON.parse(stdout)).toMatchObject({ jobs: { received: 0 }, candidates: { received: 3 } })
  expect(api.seen).toHaveLength(1)
})

test('a generator whose records are rejected is a failure', async () => {
  const problem = { index: 0, at: 'line 1', message: 'no title', remedy: 'Give it one.' }
  api = await fakeApi({
    ...store,
    'POST /ingest/v1/jobs': () => ({ body: { received: 1, created: 0, rejected: 1, problems: [problem] } }),
  })
  const { code, stderr } = await adflux(['data', 'seed', '--jobs', '1'], { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toContain('1 invented records were rejected. line 1: no title (Give it one.)')
})

const KEYED = { GEMINI_API_KEY: 'a-key-for-gemini' }
type Asked = { contents: { parts: { text: string }[] }[] }

/** Stands where Google would answer; everything else goes through. Returns what it was asked. */
function gemini(...answers: ((records: number) => Response)[]): string[] {
  const prompts: string[] = []
  const real = globalThis.fetch
  vi.stubGlobal('fetch', async (url: URL | string, init: RequestInit) => {
    if (!String(url).startsWith('https://generativelanguage.googleapis.com/v1beta/models/')) return real(url, init)
    expect(new Headers(init.headers).get('x-goog-api-key')).toBe(KEYED.GEMINI_API_KEY)
    const prompt = (JSON.parse(String(init.body)) as Asked).contents[0]?.parts[0]?.text ?? ''
    prompts.push(prompt)
    const records = JSON.parse(/<records>(.*)<\/records>/s.exec(prompt)?.[1] ?? '[]') as unknown[]
    return (answers.length > 1 ? answers.shift() : answers[0])?.(records.length) ?? new Response('{}')
  })
  return prompts
}

const says = (text: string): Response => Response.json({ candidates: [{ content: { parts: [{ text }] } }] })
const words = {
  title: 'Guardián de faros',
  description: 'Cuida la luz.',
  skills: ['Óptica'],
  primarySkill: 'Óptica',
  desiredPosition: 'Farero',
}
const good = (n: number): Response => says(JSON.stringify(Array(n).fill(words)))
const busy = (): Response =>
  Response.json({ error: { message: 'Quota', details: [{ retryDelay: '21s' }] } }, { status: 429 })
const blocked = (): Response => Response.json({ promptFeedback: { blockReason: 'SAFETY' } })

test('Gemini writes the words; ids, pay, consent and identity stay ours and are not told to it', async () => {
  api = await fakeApi(store)
  const prompts = gemini(good)
  const argv = ['data', 'seed', '--gemini', '--jobs', '12', '--candidates', '3']
  expect(await adflux(argv, { env: { ...api.env, ...KEYED } })).toMatchObject({ code: 0, pauses: [] })
  expect(prompts).toHaveLength(3)
  const jobs = lines(api.seen[0]?.bytes.toString() ?? '') as { title: string; externalId: string }[]
  expect(jobs).toHaveLength(12)
  expect(jobs[0]).toMatchObject({ title: 'Guardián de faros', skills: ['Óptica'], externalId: 'gemini-7-0001' })
  const people = lines(api.seen[1]?.bytes.toString() ?? '') as {
    name: string
    email: string
    desiredPosition: string
  }[]
  expect(people[0]).toMatchObject({ desiredPosition: 'Farero', email: expect.stringContaining('@example.com') })
  for (const { name, email } of people) {
    expect(prompts.join()).not.toContain(name)
    expect(prompts.join()).not.toContain(email)
  }
})

test('busy, blocked, broken and short answers are asked for again', async () => {
  gemini(busy, blocked, () => says('[{"title":'), good)
  const cwd = freshFolder()
  const argv = ['data', 'seed', '--gemini', '--jobs', '2', '--candidates', '0', '--out', '.']
  const { code, pauses } = await adflux(argv, { env: KEYED, cwd })
  expect(code).toBe(0)
  expect(pauses).toEqual([21_000, 4000, 8000])
  expect(lines(readFileSync(join(cwd, 'jobs.ndjson'), 'utf8'))).toHaveLength(2)
})

test.each([
  ['never stops being busy', busy, 'Quota', 4],
  ['always blocks', blocked, 'the prompt was blocked (SAFETY)', 4],
  ['gives too few', () => says('[]'), 'its answer does not fit', 4],
  [
    'slips in a link',
    () => says(JSON.stringify([{ ...words, description: 'See https://evil.example' }, words])),
    'a link, an address or markup',
    4,
  ],
  [
    'refuses the key',
    () => Response.json({ error: { message: 'API key not valid.' } }, { status: 400 }),
    'API key not valid',
    1,
  ],
])('a model that %s is given up: one line, nothing pushed', async (_, answer, reason, tries) => {
  api = await fakeApi(store)
  const prompts = gemini(answer)
  const { code, stdout, stderr } = await adflux(['data', 'seed', '--gemini', '--jobs', '2'], {
    env: { ...api.env, ...KEYED },
  })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).not.toContain(KEYED.GEMINI_API_KEY)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(prompts).toHaveLength(tries)
  expect(api.seen).toEqual([])
})

test('without a key, and beyond its bounds, Gemini is not asked', async () => {
  api = await fakeApi(store)
  const keyless = await adflux(['data', 'seed', '--gemini'], { env: api.env })
  expect(keyless).toMatchObject({ code: 1, stderr: expect.stringContaining('Set GEMINI_API_KEY') })
  const many = await adflux(['data', 'seed', '--gemini', '--jobs', '501'], { env: { ...api.env, ...KEYED } })
  expect(many).toMatchObject({ code: 2, stderr: expect.stringContaining('at most 500 records') })
})

test('what the generator makes of a person, the API can create one by one too', async () => {
  const { candidates } = await written(['--jobs', '0', '--candidates', '20'])
  for (const line of lines(candidates)) {
    const { name, email, phone, ...profile } = line as Record<string, unknown>
    expect(CandidateInput.safeParse({ ...profile, contact: { name, email, phone } }).error).toBeUndefined()
  }
})
