import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CandidateInput } from '#domain/import/candidate-input.ts'
import { JobInput } from '#domain/ingest/native.ts'
import { CampaignInput } from '#functions/capabilities/campaigns/create-campaign.ts'
import { ConnectionInput } from '#functions/capabilities/connections/connect.ts'
import { adflux, freshFolder } from './adflux.ts'
import { aCampaign, aJob } from './documents.ts'
import { type FakeApi, fakeApi, KEY, problem, type Route } from './fake-api.ts'

let api: FakeApi
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

/** Teaches the server one answer, runs the words with --json, and tells what was sent and printed. */
async function sends(
  argv: string[],
  route: string,
  reply: Route,
  world: { stdin?: string; cwd?: string; env?: Record<string, string> } = {},
) {
  api = await fakeApi({ [route]: reply })
  const told = await adflux([...argv, '--json'], { ...world, env: { ...api.env, ...world.env } })
  return { ...told, sent: api.seen.at(-1), document: told.stdout ? JSON.parse(told.stdout) : undefined }
}

const echo: Route = ({ body }) => ({ body: { id: 'x', ref: 'X-0001', ...(body as object) } })
const page: Route = () => ({ body: { items: [{ id: 'x' }], next: 'c2' } })

test.each<[string[], string, Record<string, string>]>([
  [
    ['jobs', 'list', '--status', 'open', '--company', 'Acme', '--source', 'push'],
    'GET /v1/jobs',
    { status: 'open', company: 'Acme', source: 'push' },
  ],
  [
    ['candidates', 'list', '--segment', 's1', '--limit', '7', '--cursor', 'c1'],
    'GET /v1/candidates',
    { segment: 's1', limit: '7', cursor: 'c1' },
  ],
  [
    ['applications', 'list', '--job', 'JOB-0001', '--stage', 'offer'],
    'GET /v1/applications',
    { job: 'JOB-0001', stage: 'offer' },
  ],
  [
    ['campaigns', 'list', '--status', 'active', '--job', 'JOB-0001'],
    'GET /v1/campaigns',
    { status: 'ACTIVE', job: 'JOB-0001' },
  ],
  [['feeds', 'list'], 'GET /v1/feeds', {}],
  [['connections', 'list'], 'GET /v1/connections', {}],
  [['schedules', 'list'], 'GET /v1/schedules', {}],
  [['tasks', 'list'], 'GET /v1/tasks', {}],
])('%j asks for one page', async (argv, route, query) => {
  const { code, document, sent } = await sends(argv, route, page)
  expect(code).toBe(0)
  expect(document).toEqual({ items: [{ id: 'x' }], next: 'c2' })
  expect(sent?.query).toEqual(query)
})

test('--all goes through every page', async () => {
  api = await fakeApi({
    'GET /v1/jobs': ({ query }) => ({
      body: query.cursor ? { items: [{ id: 'b' }], next: null } : { items: [{ id: 'a' }], next: 'c2' },
    }),
  })
  const { stdout } = await adflux(['jobs', 'list', '--all', '--json'], { env: api.env })
  expect(JSON.parse(stdout)).toEqual({ items: [{ id: 'a' }, { id: 'b' }], next: null })
  expect(api.seen.map((r) => r.query)).toEqual([{ limit: '200' }, { limit: '200', cursor: 'c2' }])
})

test.each<[string[], string, unknown]>([
  [['jobs', 'view', 'JOB-0001'], 'GET /v1/jobs/JOB-0001', undefined],
  [['jobs', 'view', '--id', 'a/b?c'], 'GET /v1/jobs/a/b?c', undefined],
  [['jobs', 'close', 'JOB-0001', '--reason', 'filled'], 'POST /v1/jobs/JOB-0001/close', { reason: 'filled' }],
  [
    ['jobs', 'reopen', '--id', 'JOB-0001', '--closes-on', '2027-01-01'],
    'POST /v1/jobs/JOB-0001/reopen',
    { closesOn: '2027-01-01' },
  ],
  [['candidates', 'view', 'CAND-0001'], 'GET /v1/candidates/CAND-0001', undefined],
  [['candidates', 'segment'], 'POST /v1/candidates/segment', {}],
  [
    ['applications', 'create', '--job', 'JOB-0001', '--candidate', 'CAND-0001', '--click-token', 't.s'],
    'POST /v1/applications',
    { job: 'JOB-0001', candidate: 'CAND-0001', clickToken: 't.s' },
  ],
  [['applications', 'move', 'APP-0001', 'interview'], 'POST /v1/applications/APP-0001/move', { stage: 'interview' }],
  [['applications', 'move', '--id', 'APP-0001', 'offer'], 'POST /v1/applications/APP-0001/move', { stage: 'offer' }],
  [
    ['applications', 'move', '--id', 'APP-0001', '--stage', 'hired'],
    'POST /v1/applications/APP-0001/move',
    { stage: 'hired' },
  ],
  [['ml', 'train', '--clusters', '5', '--seed', '42'], 'POST /v1/models/train', { clusters: 5, seed: 42 }],
  [['ml', 'train'], 'POST /v1/models/train', {}],
  [
    ['ml', 'predict', '--model', 'v1', '--candidate', 'CAND-0001'],
    'POST /v1/models/predict',
    { model: 'v1', candidate: 'CAND-0001' },
  ],
  [['ml', 'analyze'], 'GET /v1/models/analysis', undefined],
  [['feeds', 'pull', 'f1'], 'POST /v1/feeds/f1/pull', {}],
  [['connections', 'check', 'meta'], 'POST /v1/connections/meta/check', {}],
  [
    ['schedules', 'set', 'schedule-sync', '--cron', '0 3 * * *', '--time-zone', 'America/Bogota', '--pause'],
    'PUT /v1/schedules/schedule-sync',
    { cron: '0 3 * * *', timeZone: 'America/Bogota', paused: true },
  ],
  [['schedules', 'set', 'schedule-sync', '--resume'], 'PUT /v1/schedules/schedule-sync', { paused: false }],
  [['tasks', 'redrive', 'dl_1'], 'POST /v1/tasks/dl_1/redrive', {}],
])('%j', async (argv, route, body) => {
  const answer = { id: 'x', received: 1, rejected: 0, problems: [], segments: [] }
  const { code, document, sent } = await sends(argv, route, () => ({ body: answer }))
  expect(code).toBe(0)
  expect(document).toEqual(answer)
  expect(sent?.body).toEqual(body)
})

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
  await api.close()
  const fromStdin = await sends(['jobs', 'create', '--file', '-'], 'POST /v1/jobs', echo, { stdin: '{"title":"T"}' })
  expect(fromStdin.sent?.body).toEqual({ title: 'T' })
  await api.close()
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

const CREATE =
  'campaigns create --job-id JOB-0001 --platform meta --daily-budget 20.00 --currency usd --end 2026-12-15'.split(' ')

test('a campaign is what the API calls one', async () => {
  const more = '--start 2026-12-01 --country co,MX --country PE --url https://acme.example/7 --name Autumn'.split(' ')
  const segments = ['--segment', 'Data, SQL', '--segment', 'seg_2']
  const copy = ['--text', 'Join us', '--headline', 'Data engineer', '--description', 'Bogotá']
  const { document, sent } = await sends([...CREATE, ...more, ...segments, ...copy], 'POST /v1/campaigns', () => ({
    status: 201,
    body: aCampaign(),
  }))
  expect(document).toMatchObject({ id: 'cmp_1', ref: 'CMP-0001', status: 'DRAFT' })
  expect(CampaignInput.parse(sent?.body)).toMatchObject({
    job: 'JOB-0001',
    platforms: ['meta'],
    dailyBudget: { amount: '20.00', currency: 'USD' },
    segments: ['Data, SQL', 'seg_2'],
    countries: ['CO', 'MX', 'PE'],
    creative: { primaryText: 'Join us', headline: 'Data engineer', description: 'Bogotá' },
  })
})

test('an image is uploaded as it is, and the campaign names it', async () => {
  const cwd = freshFolder()
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255])
  writeFileSync(join(cwd, 'ad.png'), bytes)
  api = await fakeApi({
    'POST /v1/images': () => ({ status: 201, body: { id: 'a'.repeat(64) } }),
    'POST /v1/campaigns': ({ body }) => ({ status: 201, body: aCampaign({ name: JSON.stringify(body) }) }),
  })
  expect(await adflux([...CREATE, '--image', 'ad.png'], { env: api.env, cwd })).toMatchObject({ code: 0 })
  expect(api.seen[0]?.bytes.equals(bytes)).toBe(true)
  expect(api.seen[0]?.headers['content-type']).toBe('image/png')
  expect(api.seen[1]?.body).toMatchObject({ image: 'a'.repeat(64) })
  expect(await adflux([...CREATE, '--image', 'b'.repeat(64)], { env: api.env, cwd })).toMatchObject({ code: 0 })
  expect(api.seen[2]?.body).toMatchObject({ image: 'b'.repeat(64) })
})

test.each([
  [['--image', 'ad.gif'], 1, 'ad.gif is no .png, .jpg or .jpeg'],
  [['--image', 'none.png'], 1, 'none.png does not exist'],
  [['--headline', 'Only'], 2, 'an ad of your own needs both --text and --headline'],
])('%j is refused before anything is sent', async (more, code, words) => {
  api = await fakeApi({})
  const told = await adflux([...CREATE, ...more], { env: api.env })
  expect(told.code).toBe(code)
  expect(told.stderr).toContain(words)
  expect(api.seen).toEqual([])
})

test.each([['-5'], ['0'], ['20,00'], ['']])('the API judges a budget of %j', async (amount) => {
  const argv = CREATE.map((word) => (word === '20.00' ? amount : word))
  const { code, stderr, sent } = await sends(argv, 'POST /v1/campaigns', () =>
    problem(400, 'The daily budget must be above zero', { remedy: 'Such as 20.00.' }),
  )
  expect(code).toBe(1)
  expect(stderr).toBe('adflux: The daily budget must be above zero. Such as 20.00.\n')
  expect(sent?.body).toMatchObject({ dailyBudget: { amount } })
})

const ADD = 'connections add meta --account-id act_77 --page-id 11 --pixel-id 22 --setting region=latam'.split(' ')

test.each([
  [['--token-stdin'], { stdin: 'EAAB-secret-token\n' }],
  [[], { env: { ADFLUX_PLATFORM_TOKEN: 'EAAB-secret-token' } }],
])('a token comes by stdin or environment and is never shown: %j', async (more, world) => {
  const connection = { platform: 'meta', accountId: '77', status: 'ok', settings: {}, tokenLast4: 'oken' }
  const { code, sent, stdout, stderr } = await sends(
    [...ADD, ...more, '--verbose'],
    'PUT /v1/connections/meta',
    () => ({ body: connection }),
    world,
  )
  expect(code).toBe(0)
  expect(ConnectionInput.parse(sent?.body)).toEqual({
    accountId: '77',
    token: 'EAAB-secret-token',
    settings: { pageId: '11', pixelId: '22', region: 'latam' },
  })
  expect(stdout + stderr).not.toContain('secret')
  expect(stdout + stderr).not.toContain(KEY)
})

test('without a token nothing is sent', async () => {
  api = await fakeApi({})
  const { code, stderr } = await adflux(ADD, { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toContain('Pipe it in with --token-stdin, or set ADFLUX_PLATFORM_TOKEN')
  expect(api.seen).toEqual([])
})

test('a connection that the platform refuses is exit 1, after the document', async () => {
  const body = { platform: 'meta', accountId: '77', status: 'failing', lastError: 'Error validating access token' }
  const { code, document, stderr } = await sends(
    ['connections', 'check', '--platform', 'meta'],
    'POST /v1/connections/meta/check',
    () => ({ body }),
  )
  expect(code).toBe(1)
  expect(document).toEqual(body)
  expect(stderr).toContain('meta refuses the connection: Error validating access token. Give it a new token')
})

test('a feed is added with its secret from stdin, and removed', async () => {
  const argv =
    'feeds add --name Acme --format greenhouse --url https://x.example/jobs --every 60 --webhook-secret-stdin'.split(
      ' ',
    )
  const { sent } = await sends(argv, 'POST /v1/feeds', echo, { stdin: 'hush\n' })
  expect(sent?.body).toEqual({
    name: 'Acme',
    format: 'greenhouse',
    url: 'https://x.example/jobs',
    everyMinutes: 60,
    webhookSecret: 'hush',
  })
  await api.close()
  const removed = await sends(['feeds', 'remove', 'f1'], 'DELETE /v1/feeds/f1', () => ({ status: 204, body: '' }))
  expect(removed).toMatchObject({ code: 0, document: { id: 'f1', removed: true } })
})

test('data create tells what is there, as often as it is asked', async () => {
  api = await fakeApi({
    'GET /v1/me': () => ({ body: { org: 'demo', role: null } }),
    'GET /v1/jobs': () => ({ body: { items: Array(200).fill({}), next: 'more' } }),
    ...Object.fromEntries(
      ['candidates', 'applications', 'campaigns', 'segments', 'feeds', 'connections'].map((kind) => [
        `GET /v1/${kind}`,
        () => ({ body: { items: [{}] } }),
      ]),
    ),
  })
  for (let time = 0; time < 2; time++) {
    const { code, stdout } = await adflux(['data', 'create', '--json'], { env: api.env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      org: 'demo',
      ready: true,
      jobs: { count: 200, exact: false },
      feeds: { count: 1, exact: true },
    })
  }
})

test('an opening is shown with what is known, and — for what is not', async () => {
  api = await fakeApi({ 'GET /v1/jobs/JOB-0001': () => ({ body: aJob() }) })
  const { stdout } = await adflux(['jobs', 'view', 'JOB-0001'], { env: api.env })
  expect(stdout).toMatch(/^title {9}Data engineer$/m)
  expect(stdout).toMatch(/^company {7}—$/m)
  expect(stdout).toMatch(/^salary {8}COP.2,500,000\.00 to — a month$/m)
  expect(stdout).toMatch(/^applications {2}12,345$/m)
})
