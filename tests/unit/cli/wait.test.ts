import { afterEach, expect, test } from 'vitest'
import type { CampaignStatus } from '#domain/campaign.ts'
import { adflux } from './adflux.ts'
import { inFull } from './documents.ts'
import { type FakeApi, fakeApi } from './fake-api.ts'

let api: FakeApi
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const reason = (code: string, message: string | null = null) => ({ code, message })
type Whole = ReturnType<typeof inFull>

/** Accepts the move, then answers each look with the next state, the last one for ever. */
async function going(move: string, accepted: Whole, ...states: Whole[]): Promise<void> {
  let looks = 0
  api = await fakeApi({
    [`POST /v1/campaigns/CMP-0001/${move}`]: () => ({ status: 202, body: accepted }),
    'GET /v1/campaigns/CMP-0001': () => ({ body: states[Math.min(looks++, states.length - 1)] }),
  })
}

const PENDING = inFull('PENDING')
const CREATING = inFull('PROCESSING', reason('creating'))

test('without --wait it tells what was accepted', async () => {
  await going('publish', PENDING)
  const { code, stdout } = await adflux(['campaigns', 'publish', 'CMP-0001'], { env: api.env })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'CMP-0001 is PENDING.\n' })
  expect(api.seen).toHaveLength(1)
})

test.each<[CampaignStatus, ReturnType<typeof reason> | null, string]>([
  ['ACTIVE', null, 'CMP-0001 is ACTIVE.'],
  ['PROCESSING', reason('in_review'), 'CMP-0001 is PROCESSING (in_review).'],
  ['SCHEDULED', reason('starts_later', '2026-12-01'), 'CMP-0001 is SCHEDULED (starts_later: 2026-12-01).'],
  ['COMPLETED', reason('ended'), 'CMP-0001 is COMPLETED (ended).'],
])('a publish that is waited for ends well at %s', async (status, why, words) => {
  await going('publish', PENDING, CREATING, CREATING, inFull(status, why))
  const { code, stdout, stderr } = await adflux(['campaigns', 'publish', '--id', 'CMP-0001', '--wait'], {
    env: api.env,
  })
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${words}\n` })
  expect(stderr).toContain('CMP-0001 PENDING\nCMP-0001 PROCESSING (creating)\n')
})

test('an answer whose campaign lags behind its channels is not the end', async () => {
  const lagging = { ...inFull('ACTIVE'), campaign: PENDING.campaign }
  await going('publish', PENDING, lagging, inFull('ACTIVE'))
  const { code, stdout } = await adflux(['campaigns', 'publish', 'CMP-0001', '--wait'], { env: api.env })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'CMP-0001 is ACTIVE.\n' })
  expect(api.seen).toHaveLength(3)
})

test.each<[CampaignStatus, ReturnType<typeof reason>, string]>([
  [
    'REJECTED',
    reason('rejected', 'The image shows too much text'),
    'CMP-0001 is REJECTED on meta: The image shows too much text.',
  ],
  ['FAILED', reason('removed_on_platform'), 'CMP-0001 is FAILED on meta: removed on platform.'],
])('%s is exit 1 with the reason, after the document', async (status, why, words) => {
  await going('publish', PENDING, inFull(status, why))
  const { code, stdout, stderr } = await adflux(['campaigns', 'publish', 'CMP-0001', '--wait', '--json'], {
    env: api.env,
  })
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ id: 'cmp_1', ref: 'CMP-0001', status, reason: why })
  expect(stderr).toContain(words)
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('a campaign that somebody pauses meanwhile is not waited for', async () => {
  await going('publish', PENDING, inFull('PAUSED', reason('job_closed'), 'paused'))
  const { code, stderr } = await adflux(['campaigns', 'publish', 'CMP-0001', '--wait'], { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toContain('CMP-0001 was paused meanwhile: job closed.')
})

test('a pause ends when the platform has stopped, not when it was asked', async () => {
  await going('pause', inFull('DRAINING', reason('paused_by_user'), 'paused'), inFull('DRAINING'), inFull('PAUSED'))
  const { code, stdout } = await adflux(['campaigns', 'pause', 'CMP-0001', '--wait'], { env: api.env })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'CMP-0001 is PAUSED.\n' })
  expect(api.seen).toHaveLength(3)
})

test('patience has an end, and the campaign goes on', async () => {
  await going('resume', CREATING, CREATING)
  const argv = ['campaigns', 'resume', 'CMP-0001', '--wait', '--timeout', '1']
  const { code, stdout, stderr } = await adflux(argv, { env: api.env })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('CMP-0001 is still PROCESSING (creating) after 1 s. It goes on by itself')
})

const task = (state: string, lastError: string | null = null) => ({
  items: [{ id: 'meta_77', kind: 'sync', subject: 'meta_77', state, attempts: 1, lastError, wakeAt: null }],
})

test('a sync that is waited for ends when no sync of the platform runs', async () => {
  let looks = 0
  api = await fakeApi({
    'POST /v1/sync': ({ body }) => ({ status: 202, body: { accounts: 1, body } }),
    'GET /v1/tasks': () => ({ body: [task('running'), task('running'), { items: [] }][Math.min(looks++, 2)] }),
  })
  const { code, stdout } = await adflux(['campaigns', 'sync', '--platform', 'meta', '--wait'], { env: api.env })
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'The figures of 1 account on meta are in.\n' })
  expect(api.seen[0]?.body).toEqual({ platform: 'meta' })
})

test('a sync that ran already may have asked too early: another follows it', async () => {
  const started = [0, 1]
  const looks = [task('running'), { items: [] }, task('running'), { items: [] }]
  api = await fakeApi({
    'POST /v1/sync': () => ({ status: 202, body: { accounts: started.shift() } }),
    'GET /v1/connections': () => ({ body: { items: [{ platform: 'meta' }] } }),
    'GET /v1/tasks': () => ({ body: looks.shift() }),
  })
  expect(await adflux(['campaigns', 'sync', '--wait'], { env: api.env })).toMatchObject({ code: 0 })
  expect(started).toEqual([])
  expect(looks).toEqual([])
})

test('a platform without an ad account is refused', async () => {
  api = await fakeApi({
    'POST /v1/sync': () => ({ status: 202, body: { accounts: 0 } }),
    'GET /v1/connections': () => ({ body: { items: [] } }),
  })
  const { code, stdout, stderr } = await adflux(['campaigns', 'sync', '--platform', 'google-ads'], { env: api.env })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('No ad account of google-ads is connected.')
})

test('a sync that fails is exit 1 with what the platform said', async () => {
  api = await fakeApi({
    'POST /v1/sync': () => ({ status: 202, body: { accounts: 1 } }),
    'GET /v1/tasks': () => ({ body: task('failed', 'The token has expired') }),
  })
  const { code, stdout, stderr } = await adflux(['campaigns', 'sync', '--wait', '--json'], { env: api.env })
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('The sync of meta_77 failed: The token has expired.')
})
