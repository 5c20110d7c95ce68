import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { saveProfile } from '../../../cli/src/profile.ts'
import { adflux, freshFolder } from './adflux.ts'
import { type FakeApi, fakeApi, KEY, problem, type Route } from './fake-api.ts'

let api: FakeApi
afterEach(async () => {
  await api.close()
})

const healthy: Record<string, Route> = {
  'GET /healthz': () => ({ body: { status: 'ok', checks: { firestore: 'ok', pubsub: 'ok' } } }),
  'GET /v1/me': () => ({ body: { org: 'demo', role: null, actor: { kind: 'api-key', id: 'k1' }, actions: [] } }),
  'GET /v1/connections': () => ({
    body: { items: [{ platform: 'meta', accountId: '77', status: 'ok', lastError: null }] },
  }),
}

interface Check {
  name: string
  state: string
  detail: string
  fix: string | null
}

async function examined(routes: Record<string, Route>, env: Record<string, string> = {}) {
  api = await fakeApi(routes)
  const { code, stdout, stderr } = await adflux(['doctor', '--json'], { env: { ...api.env, ...env } })
  const checks = (JSON.parse(stdout) as { checks: Check[] }).checks
  return {
    code,
    stderr,
    of: (name: string) => checks.find((check) => check.name === name),
    names: checks.map((c) => c.name),
  }
}

test('all is well: every check by name, exit 0', async () => {
  const { code, stderr, names } = await examined(healthy)
  expect(code).toBe(0)
  expect(stderr).toBe('')
  expect(names).toEqual(['node', 'profile', 'api', 'clock', 'firestore', 'pubsub', 'ingest', 'key', 'meta'])
})

test('a dependency that fails is named, with its fix', async () => {
  const checks = { firestore: 'ok', pubsub: 'connect ECONNREFUSED' }
  const { code, stderr, of } = await examined({
    ...healthy,
    'GET /healthz': () => ({ status: 503, body: { status: 'failing', checks } }),
  })
  expect(code).toBe(1)
  expect(stderr).toBe('adflux: 1 of 9 checks failed: pubsub.\n')
  expect(of('pubsub')).toMatchObject({
    state: 'failed',
    detail: 'connect ECONNREFUSED',
    fix: expect.stringContaining('npm start'),
  })
})

test('a clock that is off would have its tokens refused', async () => {
  const late: Route = (request) => ({
    ...(healthy['GET /healthz']?.(request) as object),
    headers: { date: new Date(Date.now() - 600_000).toUTCString() },
  })
  const { of } = await examined({ ...healthy, 'GET /healthz': late })
  expect(of('clock')).toMatchObject({ state: 'failed', fix: expect.stringContaining('NTP') })
})

test('a key that is refused says so', async () => {
  const { code, of } = await examined({
    ...healthy,
    'GET /v1/me': () => problem(401, 'The API key is not valid', { remedy: 'Use a key that is in force.' }),
  })
  expect(code).toBe(1)
  expect(of('key')).toMatchObject({
    state: 'failed',
    detail: 'The API key is not valid',
    fix: 'Use a key that is in force.',
  })
})

test('an ad account that fails tells how to mend it', async () => {
  const body = { items: [{ platform: 'meta', accountId: '77', status: 'failing', lastError: 'Token expired' }] }
  const { of } = await examined({ ...healthy, 'GET /v1/connections': () => ({ body }) })
  expect(of('meta')).toMatchObject({
    state: 'failed',
    detail: 'Token expired',
    fix: expect.stringContaining('connections add meta'),
  })
})

test('where nothing listens the rest is skipped, and it says what to start', async () => {
  api = await fakeApi({})
  await api.close()
  const { code, stdout } = await adflux(['doctor'], { env: api.env })
  expect(code).toBe(1)
  expect(stdout).toMatch(/✗ api .*nothing listens there\n {4}-> Start AdFlux with "npm start"/)
  expect(stdout).toMatch(/· key /)
})

test('a profile that others can read is refused a clean bill', async () => {
  api = await fakeApi(healthy)
  const home = freshFolder()
  const file = join(home, 'p.json')
  saveProfile(file, { apiUrl: api.url, ingestUrl: `${api.url}/ingest`, apiKey: KEY })
  expect(await adflux(['doctor', '--profile', 'p.json'], { home })).toMatchObject({ code: 0 })
  chmodSync(file, 0o644)
  const { code, stdout } = await adflux(['doctor', '--profile', 'p.json'], { home })
  expect(code).toBe(1)
  expect(stdout).toContain(`-> chmod 600 ${file}`)
})

test('without a profile it still checks this machine', async () => {
  api = await fakeApi({})
  const { code, stdout } = await adflux(['doctor'], {})
  expect(code).toBe(1)
  expect(stdout).toMatch(/✓ node/)
  expect(stdout).toMatch(/✗ profile .*No AdFlux to talk to/)
})
