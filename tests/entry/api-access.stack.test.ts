import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { BODIES, WITHOUT_TENANT_ID } from '#tests/support/api-bodies.ts'
import { removePlace, type Stack, type StackPlace, stackPlace, startStack } from '#tests/support/stack.ts'

/** The API's own document says which routes there are: every one of them is tried, so that none can be forgotten. */

let place: StackPlace
let stack: Stack
const tokens: Record<string, string> = {}
const ids: Record<string, string> = {}
let operations: { method: string; path: string; body: unknown }[] = []

async function call(
  method: string,
  path: string,
  token?: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${stack.profile().apiUrl}${path}`, {
    method: method.toUpperCase(),
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    json: text.startsWith('{') ? JSON.parse(text) : null,
  }
}

const Problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  correlationId: z.string().min(1),
})

beforeAll(async () => {
  place = await stackPlace()
  stack = await startStack(place, ['--empty'])
  for (const { email, password, role, org } of stack.profile().users) {
    const { json } = await call('post', '/auth/login', undefined, { username: email, password })
    tokens[`${org}/${role}`] = json.access_token
  }
  const admin = tokens['demo/admin'] ?? ''
  const make = async (kind: string, body: object) => {
    const { json, status } = await call('post', `/v1/${kind}`, admin, body)
    if (status !== 201) throw new Error(`${kind}: ${status} ${JSON.stringify(json)}`)
    ids[kind] = json.id
  }
  await make('jobs', BODIES['post /v1/jobs'] ?? {})
  await make('candidates', { skills: ['sql'] })
  await make('applications', { job: ids.jobs, candidate: ids.candidates })
  await make('campaigns', { ...BODIES['post /v1/campaigns'], job: ids.jobs, end: '2027-01-01', countries: ['PE'] })
  await make('feeds', { name: 'board', format: 'native' })

  const { json } = await call('get', '/openapi.json')
  operations = Object.entries(json.paths as Record<string, Record<string, unknown>>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path, body: BODIES[`${method} ${path}`] })),
  )
}, 300_000)
afterAll(async () => {
  await stack?.end('SIGTERM')
  removePlace(place)
})

const withId = (path: string, id: string): string => path.replace(/\{[^}]+\}/, id)
const kindOf = (path: string): string => path.split('/')[2] ?? ''
const tenantRoutes = () => operations.filter(({ path }) => path.startsWith('/v1/'))

describe('every route of the API', () => {
  test('is in its document, with an answer described', () => {
    expect(operations.length).toBeGreaterThan(35)
  })

  test('answers 401 without a token, with a broken one, and with another system’s', async () => {
    for (const { method, path, body } of tenantRoutes())
      for (const token of [undefined, 'rubbish', 'af_test_AAAAAAAA_x', 'eyJhbGciOiJub25lIn0.e30.']) {
        const { status, json } = await call(method, withId(path, 'meta'), token, body)
        expect(status, `${method} ${path} with ${token}`).toBe(401)
        expect(Problem.parse(json).status).toBe(401)
      }
  }, 120_000)

  test('says 404 for another organisation’s id, the same as for one that does not exist', async () => {
    const stranger = tokens['acme/admin']
    for (const { method, path, body } of tenantRoutes().filter(
      (o) => o.path.includes('{') && !WITHOUT_TENANT_ID.includes(o.path),
    )) {
      const foreign = await call(method, withId(path, ids[kindOf(path)] ?? 'seg_unknown'), stranger, body)
      const unknown = await call(method, withId(path, 'nothing-of-that-name'), stranger, body)
      expect(foreign.status, `${method} ${path}: ${JSON.stringify(foreign.json)}`).toBe(404)
      expect(unknown.status, `${method} ${path}: ${JSON.stringify(unknown.json)}`).toBe(404)
      expect(Object.keys(foreign.json)).toEqual(Object.keys(unknown.json))
    }
  }, 120_000)

  test('shows another organisation none of the lists’ entries', async () => {
    for (const { path } of tenantRoutes().filter((o) => o.method === 'get' && !o.path.includes('{'))) {
      const { status, json } = await call('get', path, tokens['acme/admin'])
      if (path === '/v1/models/analysis') continue
      expect(status, path).toBe(200)
      for (const id of Object.values(ids)) expect(JSON.stringify(json), path).not.toContain(id)
    }
  })

  /** Personal data is for recruiters, notices are for administrators. */
  const BEYOND_A_VIEWER = /\/contact$|^\/v1\/notices/

  test('lets a viewer read and write nothing', async () => {
    for (const { method, path, body } of tenantRoutes()) {
      const { status, json } = await call(
        method,
        withId(path, ids[kindOf(path)] ?? 'meta'),
        tokens['demo/viewer'],
        body,
      )
      if (method === 'get' && !BEYOND_A_VIEWER.test(path)) expect(status, `${method} ${path}`).not.toBe(403)
      else expect(status, `${method} ${path}: ${JSON.stringify(json)}`).toBe(403)
    }
  }, 120_000)

  test('refuses a body that is no JSON, or has a field that it does not know, with the place', async () => {
    const admin = tokens['demo/admin']
    for (const { method, path } of tenantRoutes().filter((o) => BODIES[`${o.method} ${o.path}`])) {
      const at = withId(path, ids[kindOf(path)] ?? 'meta')
      const broken = await call(method, at, admin, '{"a": ')
      expect(broken.status, `${method} ${path}`).toBe(400)
      expect(broken.type).toContain('application/problem+json')
      expect(broken.json.remedy, `${method} ${path}`).toBeTruthy()
      const stray = await call(method, at, admin, { ...BODIES[`${method} ${path}`], role: 'admin', org: 'acme' })
      if (path.startsWith('/v1/jobs') || path.startsWith('/v1/candidates')) continue
      expect(stray.status, `${method} ${path}: ${JSON.stringify(stray.json)}`).toBe(400)
    }
  }, 120_000)
})

describe('signing in', () => {
  test('answers a token for the right password, and 401 for a wrong one, without saying which part was wrong', async () => {
    const [user] = stack.profile().users
    const right = await call('post', '/auth/login', undefined, { username: user?.email, password: user?.password })
    expect(right.json).toMatchObject({ token_type: 'bearer', expires_in: 3600 })
    const wrong = await call('post', '/auth/login', undefined, { username: user?.email, password: 'no' })
    const nobody = await call('post', '/auth/login', undefined, { username: 'nobody@example.com', password: 'no' })
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(wrong.json.title).toBe(nobody.json.title)
  })

  test('answers 403 to a user who belongs to no organisation, and 401 to a token that has expired', async () => {
    const { auth } = z
      .object({ auth: z.string() })
      .parse(await (await fetch(`${stack.profile().consoleUrl}/config.json`)).json())
    const email = 'new@example.com'
    const password = 'a-good-password'
    await fetch(`${auth}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, returnSecureToken: true }),
    })
    expect((await call('post', '/auth/login', undefined, { username: email, password })).status).toBe(403)

    const [header, payload = ''] = (tokens['demo/admin'] ?? '').split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const past = Buffer.from(JSON.stringify({ ...claims, exp: 1_600_000_000, iat: 1_599_996_400 })).toString(
      'base64url',
    )
    expect((await call('get', '/v1/me', `${header}.${past}.`)).status).toBe(401)
  })

  test('an API key opens its own organisation alone, and a credential in an address is refused', async () => {
    const { apiKey } = stack.profile()
    expect((await call('get', '/v1/me', apiKey)).json).toMatchObject({ org: 'demo' })
    expect((await call('get', `/v1/me?key=${apiKey}`, apiKey)).status).toBe(400)
  })
})

describe('a campaign', () => {
  const draft = (over: object) =>
    call('post', '/v1/campaigns', tokens['demo/recruiter'], {
      ...BODIES['post /v1/campaigns'],
      job: ids.jobs,
      countries: ['PE'],
      end: '2027-01-01',
      ...over,
    })

  test('is refused with the place of each mistake', async () => {
    const cases: [object, string][] = [
      [{ dailyBudget: { amount: '0', currency: 'USD' } }, '/dailyBudget/amount'],
      [{ dailyBudget: { amount: '-5', currency: 'USD' } }, '/dailyBudget/amount'],
      [{ dailyBudget: { amount: '20', currency: 'EUR' } }, '/dailyBudget/currency'],
      [{ start: '2027-02-01' }, '/end'],
      [{ start: '2020-01-01' }, '/start'],
      [{ platform: 'myspace' }, '/platform'],
      [{ countries: ['Perú'] }, '/countries/0'],
      [{ countries: ['ZZ'] }, '/countries/0'],
      [{ segments: ['nobody'] }, '/segments/0'],
      [{ image: 'f'.repeat(64) }, '/image'],
      [{ creative: { primaryText: 'x', headline: 'x'.repeat(41), description: '' } }, '/creative/headline'],
      [{ url: 'javascript:alert(1)' }, '/url'],
    ]
    for (const [over, at] of cases) {
      const { status, json } = await draft(over)
      expect(status, JSON.stringify(over)).toBe(400)
      expect(
        (json.problems as { at: string }[]).map((p) => p.at),
        JSON.stringify(json),
      ).toContain(at)
    }
    expect((await draft({ job: 'JOB-9999' })).status).toBe(404)
    expect((await draft({ dailyBudget: { amount: 'twenty', currency: 'USD' } })).status).toBe(400)
  })

  test('sent twice with one Idempotency-Key is one campaign; another body under it is refused', async () => {
    const key = { 'idempotency-key': 'same-key-1' }
    const send = (over: object) =>
      call(
        'post',
        '/v1/campaigns',
        tokens['demo/recruiter'],
        { ...BODIES['post /v1/campaigns'], job: ids.jobs, countries: ['PE'], end: '2027-01-01', ...over },
        key,
      )
    const [first, second] = [await send({}), await send({})]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.json.id).toBe(first.json.id)
    expect((await send({ end: '2027-01-02' })).status).toBe(422)
  })

  test('cannot be paused before it is published, nor published twice at once', async () => {
    const { json } = await draft({})
    expect((await call('post', `/v1/campaigns/${json.ref}/pause`, tokens['demo/recruiter'])).status).toBe(409)
    const both = await Promise.all(
      [1, 2].map(() => call('post', `/v1/campaigns/${json.ref}/publish`, tokens['demo/recruiter'])),
    )
    expect(both.map((b) => b.status).sort()).toEqual([202, 409])
  })
})
