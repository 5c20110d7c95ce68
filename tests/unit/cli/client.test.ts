import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { retryAfterMs } from '../../../cli/src/answers.ts'
import { httpClient } from '../../../cli/src/client.ts'
import { adflux } from './adflux.ts'
import { type FakeApi, fakeApi, problem, type Reply } from './fake-api.ts'

let api: FakeApi
afterEach(async () => {
  expect(api.faults).toEqual([])
  await api.close()
})

const JOB = { id: 'job_1', ref: 'JOB-0001', status: 'closed' }
const inTurn = (...replies: Reply[]) => {
  let n = 0
  return () => replies[Math.min(n++, replies.length - 1)] ?? {}
}

test('a busy server is asked again with the same Idempotency-Key, after the time that it names', async () => {
  api = await fakeApi({
    'POST /v1/jobs/JOB-0001/close': inTurn(
      { ...problem(429, 'Slow down'), headers: { 'retry-after': '7' } },
      problem(503, 'Not now'),
      { body: JOB },
    ),
  })
  const { code, pauses } = await adflux(['jobs', 'close', 'JOB-0001'], { env: api.env })
  expect(code).toBe(0)
  expect(pauses[0]).toBe(7000)
  expect(pauses[1]).toBeGreaterThanOrEqual(600)
  expect(new Set(api.seen.map((r) => r.headers['idempotency-key'])).size).toBe(1)
  expect(new Set(api.seen.map((r) => r.headers['x-correlation-id'])).size).toBe(1)
  expect(api.seen).toHaveLength(3)
})

test('it gives up after five tries, with what the server said', async () => {
  api = await fakeApi({ 'GET /v1/jobs/JOB-0001': () => problem(503, 'Firestore is away', { remedy: 'Wait a minute' }) })
  const { code, stderr } = await adflux(['jobs', 'view', 'JOB-0001'], { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toBe('adflux: Firestore is away. Wait a minute.\n')
  expect(api.seen).toHaveLength(5)
})

test('a server that asks for an hour of patience is reported at once', async () => {
  api = await fakeApi({
    'GET /v1/jobs/JOB-0001': () => ({ ...problem(429, 'The day is used up'), headers: { 'retry-after': '3600' } }),
  })
  const { stderr } = await adflux(['jobs', 'view', 'JOB-0001'], { env: api.env })
  expect(stderr).toBe('adflux: The day is used up. Try again in 3600 s.\n')
  expect(api.seen).toHaveLength(1)
})

test('a first request that is still at work is waited for', async () => {
  api = await fakeApi({
    'POST /v1/jobs/JOB-0001/close': inTurn(
      { ...problem(409, 'The first request is still running'), headers: { 'retry-after': '2' } },
      { body: JOB },
    ),
  })
  expect(await adflux(['jobs', 'close', 'JOB-0001'], { env: api.env })).toMatchObject({ code: 0, pauses: [2000] })
})

test.each([400, 401, 403, 404, 409, 413, 422, 500])('%i is not tried again', async (status) => {
  api = await fakeApi({ 'GET /v1/jobs/JOB-0001': () => problem(status, 'No') })
  expect(await adflux(['jobs', 'view', 'JOB-0001'], { env: api.env })).toMatchObject({ code: 1, stdout: '' })
  expect(api.seen).toHaveLength(1)
})

test('a refusal is one line with the remedy and the first three places; --verbose tells all', async () => {
  const problems = ['/a', '/b', '/c', '/d'].map((at) => ({ at, message: `wrong ${at}`, remedy: 'mend it' }))
  api = await fakeApi({ 'POST /v1/jobs': () => problem(400, 'It does not fit', { remedy: 'See /docs', problems }) })
  const short = await adflux(['jobs', 'create', '--title', 'X'], { env: api.env })
  expect(short.stderr).toBe(
    'adflux: It does not fit. See /docs. /a: wrong /a (mend it); /b: wrong /b (mend it); /c: wrong /c (mend it); and 1 more (--verbose)\n',
  )
  const long = await adflux(['jobs', 'create', '--title', 'X', '--verbose'], { env: api.env })
  expect(long.stderr).toContain('/d: wrong /d (mend it)')
  expect(long.stderr).toContain('correlation id corr-1234')
  expect(long.stderr).toMatch(/^POST \/v1\/jobs 400 \d+ ms$/m)
})

test('where nothing listens, it says what to start', async () => {
  api = await fakeApi({})
  await api.close()
  const { code, stderr } = await adflux(['jobs', 'list'], { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toBe(`adflux: No answer from ${api.url}: nothing listens there. Start AdFlux with "npm start".\n`)
})

test('another server that answers there is told from AdFlux', async () => {
  api = await fakeApi({ 'GET /v1/jobs': () => ({ body: '<html>', headers: { 'content-type': 'text/html' } }) })
  const { code, stderr } = await adflux(['jobs', 'list'], { env: api.env })
  expect(code).toBe(1)
  expect(stderr).toBe(`adflux: ${api.url} does not answer like AdFlux. Check the address of the profile.\n`)
})

test('a redirect is not followed: the key stays here', async () => {
  api = await fakeApi({ 'GET /v1/jobs': () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }) })
  expect(await adflux(['jobs', 'list'], { env: api.env })).toMatchObject({ code: 1 })
})

test('a connection that breaks is tried again', async () => {
  api = await fakeApi({})
  let hits = 0
  const server = createServer((request, response) => {
    hits++
    if (hits < 3) request.socket.destroy()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(JOB))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const told = await adflux(['jobs', 'close', 'JOB-0001'], { env: { ADFLUX_API_URL: url, ADFLUX_API_KEY: 'k' } })
  server.closeAllConnections()
  server.close()
  expect(told).toMatchObject({ code: 0, stdout: 'JOB-0001 is closed.\n' })
  expect(hits).toBe(3)
})

test('a server that hangs is given up after its time, once', async () => {
  api = await fakeApi({})
  let hits = 0
  const server = createServer(() => hits++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = httpClient({ base, token: 'k', correlationId: 'c', pause: async () => undefined })
  await expect(client.send({ path: '/v1/jobs', timeoutMs: 100 })).rejects.toMatchObject({
    message: expect.stringContaining('did not answer within'),
    details: { remedy: 'Is it running? Start AdFlux with "npm start"' },
  })
  server.closeAllConnections()
  server.close()
  expect(hits).toBe(1)
})

test('Retry-After is read as seconds or as a date', () => {
  expect(retryAfterMs('3')).toBe(3000)
  expect(retryAfterMs('Fri, 20 Nov 2026 10:00:05 GMT', Date.parse('2026-11-20T10:00:00Z'))).toBe(5000)
  expect(retryAfterMs('soon')).toBeNull()
  expect(retryAfterMs(null)).toBeNull()
})
