import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT, GEMINI_KEY } from '#local/sandbox/accounts.ts'
import { day } from '#tests/support/day.ts'
import { documentOf, shell } from '#tests/support/shell.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack } from '#tests/support/stack.ts'
import { controlOf } from '#tests/support/terminal.ts'
import { REFUSED } from './refused-commands.ts'

/** `adflux` as a terminal runs it, against everything that `npm start` starts. The tests build on one another, as a day of work does. */

let place: StackPlace
let stack: Stack
let home = ''

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'adflux-home-'))
  place = await stackPlace()
  stack = await startStack(place, ['--empty'])
})
afterAll(async () => {
  await stack?.end('SIGTERM')
  removePlace(place)
  rmSync(home, { recursive: true, force: true })
})

const adflux = shell(
  () => home,
  () => place,
)
const document = documentOf(adflux)
const sandbox = controlOf(() => stack)

test('the doctor finds everything well', async () => {
  const { ok, checks } = await document('doctor')
  expect(checks.filter((check: { state: string }) => check.state === 'failed')).toEqual([])
  expect(ok).toBe(true)
})

test('data seed makes exactly 20 openings and 50 people, once', async () => {
  const first = await document('data', 'seed', '--jobs', '20', '--candidates', '50', '--seed', '7')
  expect(first).toMatchObject({ jobs: { received: 20, created: 20 }, candidates: { received: 50, created: 50 } })
  const again = await document('data', 'seed', '--jobs', '20', '--candidates', '50', '--seed', '7')
  expect(again).toMatchObject({ jobs: { unchanged: 20 }, candidates: { unchanged: 50 } })
  expect(await document('data', 'create')).toMatchObject({
    ready: true,
    jobs: { count: 20, exact: true },
    candidates: { count: 50, exact: true },
  })
})

test('a file of 12 MiB is taken in parts; again, it is all unchanged', async () => {
  const record = (i: number) => ({ externalId: `big-${i}`, title: `Job ${i}`, description: 'x'.repeat(11_000) })
  const file = join(home, 'big.ndjson')
  const lines = Array.from({ length: 1150 }, (_, i) => JSON.stringify(i === 1100 ? { externalId: 'big-x' } : record(i)))
  writeFileSync(file, lines.join('\n'))
  const first = await document('jobs', 'import', file)
  expect(first).toMatchObject({
    received: 1150,
    created: 1149,
    rejected: 1,
    problems: [{ index: 1100, at: 'line 1101, /title' }],
  })
  expect(await document('jobs', 'import', file)).toMatchObject({ received: 1150, unchanged: 1149, rejected: 1 })
})

test('segments are trained, explained, and people belong to them', async () => {
  const training = await document('ml', 'train', '--clusters', '4', '--seed', '7')
  expect(training).toMatchObject({
    version: expect.any(String),
    k: 4,
    n: 50,
    inertia: expect.any(Number),
    engine: 'ml-kmeans',
  })
  expect(training.segments).toHaveLength(4)
  const analysis = await document('ml', 'analyze')
  expect(analysis.segments.map((s: { id: string }) => s.id).sort()).toEqual(
    training.segments.map((s: { id: string }) => s.id).sort(),
  )
  expect(await document('ml', 'predict')).toMatchObject({ assigned: 50, changed: 0 })
  expect(await document('candidates', 'segment')).toEqual({ assigned: 50, changed: 0 })
  const [candidate] = (await document('candidates', 'list', '--limit', '1')).items
  expect(await document('ml', 'predict', '--candidate', candidate.ref)).toMatchObject({ segment: candidate.segment })
  const { items } = await document('candidates', 'list', '--all', '--segment', candidate.segment)
  expect(items.length).toBe(training.segments.find((s: { id: string }) => s.id === candidate.segment).size)
})

test('an application is received, moved and found', async () => {
  const { ref } = await document(
    'applications',
    'create',
    '--job',
    'JOB-0001',
    '--candidate',
    'CAND-0001',
    '--source',
    'fair',
  )
  expect(await document('applications', 'move', ref, 'interview')).toMatchObject({ ref, stage: 'interview' })
  expect((await document('applications', 'list', '--job', 'JOB-0001', '--stage', 'interview')).items).toMatchObject([
    { ref },
  ])
})

test('a campaign on two segments by name is planned, published, paused, resumed and measured', async () => {
  const names = (await document('ml', 'analyze')).segments
    .slice(0, 2)
    .map((s: { name: { es: string; en: string } }) => s.name)
  const made = await document(
    ...[
      'campaigns',
      'create',
      '--job-id',
      'JOB-0001',
      '--platform',
      'meta',
      '--daily-budget',
      '20.00',
      '--currency',
      'USD',
    ],
    ...['--segment', names[0].en, '--segment', names[1].es, '--start', day(0), '--end', day(20)],
  )
  expect(made).toMatchObject({ id: expect.any(String), ref: 'CMP-0001', status: 'DRAFT' })
  expect((await document('campaigns', 'plan', made.ref)).channels.meta.targeting).toHaveLength(2)
  expect(await document('campaigns', 'metrics', made.ref)).toMatchObject({
    impressions: null,
    reach: null,
    clicks: null,
    spend: null,
    days: [],
  })
  expect(await document('campaigns', 'publish', made.ref, '--wait')).toMatchObject({
    status: 'PROCESSING',
    reason: { code: 'in_review' },
  })
  await sandbox('/_sandbox/clock', { advance: 'P3D' })
  await document('campaigns', 'sync', '--platform', 'meta', '--wait')
  expect(await document('campaigns', 'pause', made.id, '--wait')).toMatchObject({ status: 'PAUSED' })
  expect(await document('campaigns', 'resume', made.id, '--wait')).toMatchObject({ status: 'ACTIVE' })
  const metrics = await document('campaigns', 'metrics', made.ref)
  expect(metrics.impressions).toBeGreaterThan(0)
  expect(metrics.days.reduce((sum: number, d: { clicks: number }) => sum + d.clicks, 0)).toBe(metrics.clicks)
})

test('feeds, schedules, connections and tasks are operated', async () => {
  const feed = await document('feeds', 'add', '--name', 'Acme', '--format', 'greenhouse')
  expect(feed.webhookUrl).toContain(feed.id)
  expect((await document('feeds', 'list')).items).toMatchObject([{ id: feed.id, name: 'Acme' }])
  expect(await document('feeds', 'remove', feed.id)).toEqual({ id: feed.id, removed: true })
  expect((await document('feeds', 'list')).items).toEqual([])

  await document('schedules', 'set', 'schedule-sync', '--cron', '0 */2 * * *', '--time-zone', 'America/Bogota')
  const { items } = await document('schedules', 'list')
  expect(items).toContainEqual(
    expect.objectContaining({ name: 'schedule-sync', cron: '0 */2 * * *', timeZone: 'America/Bogota' }),
  )

  expect(await document('connections', 'check', 'meta')).toMatchObject({ platform: 'meta', status: 'ok' })
  expect((await document('tasks', 'list')).items).toEqual(expect.any(Array))
})

test('a token goes in by stdin; one that the platform refuses leaves the working one in place', async () => {
  const add = [
    'connections',
    'add',
    'meta',
    '--account-id',
    ANDES_ACCOUNT.id,
    '--page-id',
    ANDES_ACCOUNT.pageId,
    '--pixel-id',
    ANDES_ACCOUNT.pixelId,
  ]
  const wrong = await adflux([...add, '--token-stdin', '--verbose'], { stdin: 'EAAwrong-token-000\n' })
  expect(wrong).toMatchObject({ code: 1, stdout: '' })
  expect(wrong.stderr).not.toContain('EAAwrong')
  expect(await document('connections', 'check', 'meta')).toMatchObject({ status: 'ok' })
  const right = await adflux(add, { env: { ADFLUX_PLATFORM_TOKEN: ANDES_ACCOUNT.token } })
  expect(right).toMatchObject({ code: 0, stdout: expect.stringContaining('Talento Andes') })
  expect(right.stdout).not.toContain(ANDES_ACCOUNT.token)
})

test('a viewer may look and not touch; another organisation sees nothing', async () => {
  const viewer = stack.profile().users.find((user) => user.role === 'viewer' && user.org === 'demo')
  const login = ['login', '--username', viewer?.email ?? '', '--save-as', 'viewer']
  expect(await adflux([...login, '--password-stdin'], { stdin: 'wrong' })).toMatchObject({ code: 1, stdout: '' })
  expect(await adflux([...login, '--password-stdin'], { stdin: viewer?.password ?? '' })).toMatchObject({ code: 0 })
  const asViewer = ['--profile', 'viewer']
  expect(await adflux(['jobs', 'view', 'JOB-0001', ...asViewer])).toMatchObject({ code: 0 })
  const refused = await adflux(['jobs', 'close', 'JOB-0001', ...asViewer])
  expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('jobs:write') })

  const { id } = await document('jobs', 'view', 'JOB-0001')
  const theirs = { ADFLUX_API_KEY: stack.profile().apiKeys.acme ?? '' }
  expect(await adflux(['jobs', 'view', id], { env: theirs })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^adflux: No job /),
  })
  expect(JSON.parse((await adflux(['jobs', 'list', '--json'], { env: theirs })).stdout)).toEqual({
    items: [],
    next: null,
  })
})

test('beside a local stack Gemini is the sandbox, through a broken, a blocked and a busy answer', async () => {
  const cwd = join(home, 'written')
  for (const fault of ['malformed', 'blocked']) await sandbox('/_sandbox/faults', { platform: 'gemini', fault })
  const argv = ['data', 'seed', '--gemini', '--jobs', '3', '--candidates', '2', '--out', cwd]
  expect(await adflux(argv, { env: { GEMINI_API_KEY: GEMINI_KEY } })).toMatchObject({ code: 0, stderr: '' })
  const jobs = readFileSync(join(cwd, 'jobs.ndjson'), 'utf8').trimEnd().split('\n')
  expect(jobs.map((line) => JSON.parse(line).externalId)).toEqual(['gemini-7-0001', 'gemini-7-0002', 'gemini-7-0003'])
  const wrongKey = await adflux(argv, { env: { GEMINI_API_KEY: 'AIzaSomebodyElse' } })
  expect(wrongKey).toMatchObject({ code: 1, stderr: expect.stringContaining('API key not valid') })
})

test.each(REFUSED)('%s is one line on stderr and exit 1', async (_, argv, words) => {
  const { code, stdout, stderr } = await adflux(argv)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test.each<[string, string, RegExp]>([
  ['broken JSON', '{"title": ', /./],
  ['a wrong type', '[{"externalId":"w1","title":7}]', /title/],
  ['one record of 11 MiB', JSON.stringify([{ externalId: 'w2', title: 'x'.repeat(11 * 1024 * 1024) }]), /11\.0 MiB/],
])('a pushed file with %s takes nothing and says so in one line', async (_, content, words) => {
  const { code, stderr } = await adflux(['jobs', 'import', '-'], { stdin: content })
  expect(code).toBe(1)
  expect(stderr).toMatch(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test.each([
  ['no key', ''],
  ['a foreign key', `af_test_00000000_${'0'.repeat(43)}_00000000`],
])('%s is told', async (_, key) => {
  const { apiUrl } = stack.profile()
  const env = { ADFLUX_PROFILE: '', ADFLUX_API_URL: apiUrl, ADFLUX_API_KEY: key }
  expect(await adflux(['jobs', 'list'], { env })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/key/),
  })
})
