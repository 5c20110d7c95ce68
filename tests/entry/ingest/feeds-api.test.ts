import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSecrets } from '#local/secrets/start-secrets.ts'
import { board, greenhouseBoard } from '#tests/contract/ingest/board.ts'
import { frozenClock } from '#tests/contract/local/world.ts'
import { ROOT } from '#tests/support/project-files.ts'
import { functions } from './functions.ts'

let secrets: Awaited<ReturnType<typeof startSecrets>>
let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
let site: Awaited<ReturnType<typeof board>>
let page = () => ({ body: greenhouseBoard([1, 2]) })

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adflux-secrets-'))
  secrets = await startSecrets({ port: 0, stateFile: join(folder, 'secrets.jsonl'), clock: frozenClock(folder) })
  stack = await functions(['api', 'ingest-jobs'], { secretsHost: `127.0.0.1:${secrets.port}` })
  acme = await stack.organisation()
  site = await board(() => page())
})
afterAll(async () => {
  await site.stop()
  await stack.stop()
  await secrets.stop()
})

const hookOf = (feed: { id: string }): string => `/ingest-jobs/hooks/${feed.id}`
const post = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  acme.call(path, { method: 'POST', body: body as BodyInit, headers: { authorization: '', ...headers } })

async function add(feed: object) {
  const { status, body } = await acme.call('/api/v1/feeds', { json: feed })
  expect(status).toBe(201)
  return body
}

describe('feeds over the API', () => {
  test('are added, listed, read by name, changed, pulled and removed', async () => {
    const feed = await add({ name: 'Tablero', format: 'greenhouse', url: `${site.url}/jobs` })
    expect(feed).toMatchObject({ active: true, everyMinutes: 60, webhookSecret: expect.stringMatching(/^whsec_/) })
    expect(feed.webhookUrl).toMatch(/\/hooks\/feed_[0-9a-f]{32}$/)
    expect((await acme.call('/api/v1/feeds')).body.items.map(({ name }: { name: string }) => name)).toEqual(['Tablero'])
    expect((await acme.call('/api/v1/feeds/Tablero')).body.webhookSecret).toBeUndefined()
    expect((await acme.call('/api/v1/feeds', { json: { name: 'Tablero', format: 'csv' } })).status).toBe(409)

    const changed = await acme.call(`/api/v1/feeds/${feed.id}`, { method: 'PATCH', json: { everyMinutes: 15 } })
    expect(changed.body).toMatchObject({ everyMinutes: 15, version: 2 })
    const pulled = await acme.call('/api/v1/feeds/Tablero/pull', { method: 'POST' })
    expect(pulled).toMatchObject({ status: 200, body: { received: 2, created: 2, absent: 0, held: 0 } })
    expect((await acme.call(`/api/v1/jobs?source=${feed.id}`)).body.items).toHaveLength(2)

    const pushed = await acme.call('/ingest-jobs/v1/jobs?source=Tablero', {
      method: 'POST',
      body: greenhouseBoard([1, 2]),
    })
    expect(pushed.body).toMatchObject({ received: 2, unchanged: 2 })

    expect((await acme.call(`/api/v1/feeds/${feed.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await acme.call(`/api/v1/feeds/${feed.id}`)).status).toBe(404)
    expect((await acme.call('/api/v1/feeds')).body.items).toEqual([])
    expect((await post(hookOf(feed), '{}')).status).toBe(401)
  })

  test('are not there for another organisation', async () => {
    const feed = await add({ name: 'Nuestro', format: 'native' })
    const other = await stack.organisation()
    const answers = await Promise.all([
      other.call(`/api/v1/feeds/${feed.id}`),
      other.call(`/api/v1/feeds/${feed.id}/pull`, { method: 'POST' }),
      other.call(`/api/v1/feeds/${feed.id}`, { method: 'DELETE' }),
      other.call(`/api/v1/feeds/${feed.id}`, { method: 'PATCH', json: { everyMinutes: 5 } }),
      other.call(`/ingest-jobs/v1/jobs?source=${feed.id}`, { json: [] }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  })

  test('that cannot be pulled say why', async () => {
    const silent = await add({ name: 'Sin dirección', format: 'native' })
    expect((await acme.call(`/api/v1/feeds/${silent.id}/pull`, { method: 'POST' })).status).toBe(409)
    const inside = await add({ name: 'Adentro', format: 'rss', url: 'http://169.254.169.254/feed' })
    const refused = await acme.call(`/api/v1/feeds/${inside.id}/pull`, { method: 'POST' })
    expect(refused).toMatchObject({ status: 422, body: { problems: [{ message: 'url_not_allowed' }] } })
    expect((await acme.call('/api/v1/feeds', { json: { name: 'x', format: 'taleo' } })).status).toBe(400)
  })
})

const signed = (secret: string, body: string | Uint8Array): Record<string, string> => ({
  signature: `sha256 ${createHmac('sha256', secret).update(body).digest('hex')}`,
})

describe('webhooks', () => {
  const SECRET = 'the-secret-that-greenhouse-was-given'
  const webhook = readFileSync(join(ROOT, 'tests/fixtures/ats/greenhouse-job-updated.json'))

  test('are taken by their vendor’s signature; a replay is taken once; every forgery gets the same empty 401', async () => {
    const feed = await add({ name: 'GH hooks', format: 'greenhouse', webhookSecret: SECRET })
    const first = await post(hookOf(feed), webhook, signed(SECRET, webhook))
    expect(first).toMatchObject({ status: 200, body: { received: 1, closed: 1 } })
    const replay = await post(hookOf(feed), webhook, signed(SECRET, webhook))
    expect(replay).toMatchObject({ status: 200, body: { duplicate: true } })

    const other = await add({ name: 'Other hooks', format: 'greenhouse', webhookSecret: 'the-secret-of-another-feed' })
    const forgeries = await Promise.all([
      post(hookOf(feed), webhook),
      post(hookOf(feed), webhook, signed('a-wrong-secret-entirely', webhook)),
      post(hookOf(other), webhook, signed(SECRET, webhook)),
      post(hookOf(feed), webhook.toString().replace('501', '502'), signed(SECRET, webhook)),
      post('/ingest-jobs/hooks/feed_00000000000000000000000000000000', webhook, signed(SECRET, webhook)),
      post('/ingest-jobs/hooks/..%2Ffeeds', webhook, signed(SECRET, webhook)),
    ])
    expect(forgeries.map(({ status, body }) => [status, body])).toEqual(forgeries.map(() => [401, '']))
  })

  test('of ours are Standard Webhooks with the secret that adding the feed told', async () => {
    const feed = await add({ name: 'Own ATS', format: 'native' })
    const body = JSON.stringify({ externalId: 'own-1', title: 'Portero' })
    const timestamp = String(Math.floor(Date.now() / 1000))
    const key = Buffer.from(feed.webhookSecret.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', key).update(`msg_7.${timestamp}.${body}`).digest('base64')
    const headers = { 'webhook-id': 'msg_7', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
    expect((await post(hookOf(feed), body, headers)).body).toMatchObject({ created: 1 })
    expect((await post(hookOf(feed), body, headers)).body).toEqual({ duplicate: true })
    expect((await acme.call(`/api/v1/jobs?source=${feed.id}`)).body.items).toHaveLength(1)
  })

  test('that only hint make the feed’s own address be asked', async () => {
    const lever = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/ats/lever.json'), 'utf8'))
    page = () => ({ body: JSON.stringify(lever) })
    const feed = await add({
      name: 'Lever',
      format: 'lever',
      url: `${site.url}/v0/postings/acme`,
      webhookSecret: SECRET,
    })
    const [token, triggeredAt] = ['t-1', Date.now()]
    const signature = createHmac('sha256', SECRET).update(`${token}${triggeredAt}`).digest('hex')
    const body = JSON.stringify({ token, triggeredAt, signature, event: 'anything', data: { id: 'not-believed' } })
    expect((await post(hookOf(feed), body)).body).toMatchObject({ received: 1, created: 1 })
    const [job] = (await acme.call(`/api/v1/jobs?source=${feed.id}`)).body.items
    expect(job.externalId).toBe(lever[0].id)
  })

  test('of SmartRecruiters are shaken hands with until one was signed, and never after', async () => {
    page = () => ({ body: readFileSync(join(ROOT, 'tests/fixtures/ats/smartrecruiters.json'), 'utf8') })
    const feed = await add({ name: 'SR', format: 'smartrecruiters', url: `${site.url}/v1/companies/acme/postings` })
    expect(feed.webhookSecret).toBeNull()
    const shake = () => post(hookOf(feed), '', { 'x-hook-secret': '4jn8fs9011jj8' })
    const shaken = await shake()
    expect([shaken.status, shaken.headers.get('x-hook-secret')]).toEqual([200, '4jn8fs9011jj8'])
    await acme.call(`/api/v1/feeds/${feed.id}`, { method: 'PATCH', json: { webhookSecret: SECRET } })
    expect((await shake()).status).toBe(200)

    const [body, timestamp] = ['{"job_id":"1"}', String(Math.floor(Date.now() / 1000))]
    const mac = createHmac('sha256', SECRET).update(`${timestamp}.${body}.e-1.job.updated.v1.`).digest('hex')
    const headers = {
      ...{ 'smartrecruiters-signature': `v1=${mac}`, 'smartrecruiters-timestamp': timestamp },
      ...{ 'event-id': 'e-1', 'event-name': 'job.updated', 'event-version': 'v1' },
    }
    expect((await post(hookOf(feed), body, headers)).body).toMatchObject({ received: 1, created: 1 })
    const late = await shake()
    expect([late.status, late.headers.get('x-hook-secret')]).toEqual([401, null])
  })

  test('keep an old secret in force beside the new one', async () => {
    const feed = await add({ name: 'Rotating', format: 'greenhouse', webhookSecret: SECRET })
    const next = 'the-next-secret-of-this-feed'
    await acme.call(`/api/v1/feeds/${feed.id}`, { method: 'PATCH', json: { webhookSecret: next } })
    const deliveries = [SECRET, next].map((secret, i) => {
      const body = `{"action":"ping","payload":{"n":${i}}}`
      return post(hookOf(feed), body, signed(secret, body))
    })
    expect((await Promise.all(deliveries)).map(({ status }) => status)).toEqual([200, 200])
  })

  test('larger than 1 MiB are refused before anything is reckoned', async () => {
    const feed = await add({ name: 'Large', format: 'greenhouse', webhookSecret: SECRET })
    const body = `{"x":"${'y'.repeat(1024 * 1024)}"}`
    expect((await post(hookOf(feed), body, signed(SECRET, body))).status).toBe(413)
  })
})
