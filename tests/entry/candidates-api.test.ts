import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generate } from '#domain/demo/generate.ts'
import { functions } from './ingest/functions.ts'

let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
let viewer: typeof acme
beforeAll(async () => {
  stack = await functions(['api'])
  acme = await stack.organisation(['read', 'candidates:write', 'contacts:read', 'models:train', 'jobs:write'])
  viewer = await stack.organisation(['read'])
})
afterAll(() => stack.stop())

const csv = (body: string, query = '', headers: Record<string, string> = {}) =>
  acme.call(`/api/v1/candidates/import${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/csv', ...headers },
  })

describe('a candidate', () => {
  test('is created, read by ref, listed, changed under its version', async () => {
    const made = await acme.call('/api/v1/candidates', {
      json: { place: 'Cali, Colombia', skills: ['SQL'], contact: { name: 'Ana Ruiz', email: 'ana@example.com' } },
    })
    expect(made).toMatchObject({ status: 201, body: { ref: 'CAND-0001', segment: null } })
    for (const hidden of ['auditHash', 'recordHash', 'name', 'email', 'contact'])
      expect(made.body).not.toHaveProperty(hidden)
    expect((await acme.call('/api/v1/candidates/CAND-0001')).headers.get('etag')).toBe('"1"')
    expect((await acme.call('/api/v1/candidates')).body.items).toHaveLength(1)
    const change = { method: 'PATCH', json: { yearsExperience: 3 } }
    const changed = await acme.call('/api/v1/candidates/CAND-0001', { ...change, headers: { 'if-match': '"1"' } })
    expect(changed).toMatchObject({ status: 200, body: { yearsExperience: 3, version: 2 } })
    const late = await acme.call('/api/v1/candidates/CAND-0001', { ...change, headers: { 'if-match': '"1"' } })
    expect(late.status).toBe(409)
  })

  test('shows its contact only to who may see it', async () => {
    const seen = await acme.call('/api/v1/candidates/CAND-0001/contact')
    expect(seen.body).toMatchObject({ name: 'Ana Ruiz', email: 'ana@example.com', phone: null })
    expect(seen.headers.get('cache-control')).toBe('no-store')
    expect((await viewer.call('/api/v1/candidates/CAND-0001/contact')).status).toBe(403)
  })

  test('of another organisation does not exist', async () => {
    const { id } = (await acme.call('/api/v1/candidates/CAND-0001')).body
    for (const name of [id, 'CAND-0001']) expect((await viewer.call(`/api/v1/candidates/${name}`)).status).toBe(404)
    expect((await viewer.call('/api/v1/candidates')).body.items).toEqual([])
  })

  test('that is none is refused with every place', async () => {
    const wrong = await acme.call('/api/v1/candidates', { json: { yearsExperience: 'many', age: 30, skills: 'SQL' } })
    expect(wrong.status).toBe(400)
    expect(wrong.body.problems.map(({ at }: { at: string }) => at)).toEqual(
      expect.arrayContaining(['/yearsExperience', '/skills']),
    )
    const broken = { method: 'POST', body: '{"skills":\n[}', headers: { 'content-type': 'application/json' } }
    expect((await acme.call('/api/v1/candidates', broken)).body.title).toContain('line 2')
    expect((await viewer.call('/api/v1/candidates', { json: { skills: [] } })).status).toBe(403)
  })
})

describe('an import over HTTP', () => {
  test('takes CSV with a mapping, and tells what it took columns for', async () => {
    const mapping = encodeURIComponent(JSON.stringify({ Pay: 'desiredSalary:USD:HOUR', Years: 'yearsExperience' }))
    const answer = await csv('ref,Pay,Years,gender\n1,19.5,>20,f\n2,x,3,m\n', `?source=cps&mapping=${mapping}`)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        ...{ received: 2, created: 1, updated: 0, unchanged: 0, rejected: 1 },
        problems: [{ index: 1, at: 'line 3, column Pay', remedy: expect.any(String) }],
        columns: { ignored: ['ref', 'gender'] },
      },
    })
  })

  test('sent twice under one Idempotency-Key is taken once', async () => {
    const headers = { 'idempotency-key': 'an-import' }
    const first = await csv('id,city\n77,Lima\n', '', headers)
    const again = await csv('id,city\n77,Lima\n', '', headers)
    expect(again.body).toEqual(first.body)
    expect(first.body.created).toBe(1)
  })

  test.each([
    ['a broken mapping', 'id\n1\n', '?mapping={', 'The mapping is not a JSON object'],
    ['an unknown field', 'id\n1\n', `?mapping=${encodeURIComponent('{"id":"age"}')}`, 'is not understood'],
    ['an open quote', 'id,city\n1,"Lima\n', '', 'Broken CSV'],
    ['nothing', '', '', 'The body is empty'],
  ])('with %s is refused', async (_, body, query, title) => {
    const answer = await csv(body, query)
    expect(answer.status).toBe(400)
    expect(answer.body.title).toContain(title)
  })

  test('of more than 1 MiB is refused before it is read', async () => {
    const big = await csv(`id,city\n${'1,Lima\n'.repeat(160_000)}`)
    expect(big.status).toBe(413)
  })
})

describe('segments over HTTP', () => {
  test('are trained, listed, analysed and predicted', async () => {
    const { candidates } = generate({ jobs: 0, candidates: 60, seed: 7 })
    await acme.call('/api/v1/candidates/import?source=demo', { json: candidates })
    const trained = await acme.call('/api/v1/models/train', { json: { clusters: 3, seed: 1 } })
    expect(trained).toMatchObject({ status: 200, body: { version: 'v1', k: 3, engine: 'ml-kmeans' } })
    expect(trained.body.segments).toHaveLength(3)
    const { items } = (await acme.call('/api/v1/segments')).body
    expect(items).toHaveLength(3)
    const name = encodeURIComponent(items[0].name.es)
    expect((await acme.call(`/api/v1/segments/${name}`)).body.id).toBe(items[0].id)
    const analysis = (await acme.call('/api/v1/models/analysis')).body
    expect(analysis.segments.reduce((n: number, s: { evidence: { size: number } }) => n + s.evidence.size, 0)).toBe(
      analysis.candidates,
    )
    const one = await acme.call('/api/v1/models/predict', { json: { candidate: 'CAND-0001' } })
    expect(one.body).toMatchObject({
      model: 'v1',
      segment: expect.stringMatching(/^seg_/),
      name: { es: expect.any(String) },
    })
    expect((await acme.call('/api/v1/candidates/segment', { method: 'POST' })).body).toMatchObject({ changed: 0 })
    expect((await acme.call('/api/v1/models')).body.items[0]).not.toHaveProperty('payload')
    expect((await acme.call('/api/v1/models/v1')).body).toMatchObject({ k: 3, seed: 1 })
  })

  test.each([
    [{ clusters: 1 }, 400],
    [{ clusters: 51 }, 400],
    [{ clusters: '3' }, 400],
    [{ engine: 'magic' }, 400],
    [{ gender: true }, 400],
  ])('%j is refused', async (json, status) => {
    expect((await acme.call('/api/v1/models/train', { json })).status).toBe(status)
  })

  test('without candidates there is nothing to train on, and viewers do not train', async () => {
    const empty = await stack.organisation(['read', 'models:train'])
    expect((await empty.call('/api/v1/models/train', { method: 'POST' })).status).toBe(422)
    expect((await empty.call('/api/v1/models/analysis')).status).toBe(409)
    expect((await viewer.call('/api/v1/models/train', { method: 'POST' })).status).toBe(403)
    expect((await viewer.call('/api/v1/models/v1')).status).toBe(404)
  })
})

test('applications are received, listed and moved over HTTP', async () => {
  const { body: job } = await acme.call('/api/v1/jobs', { json: { title: 'Analista' } })
  const made = await acme.call('/api/v1/applications', { json: { job: job.ref, candidate: 'CAND-0001' } })
  expect(made).toMatchObject({ status: 201, body: { ref: 'APP-0001', stage: 'applied', source: 'direct' } })
  const again = await acme.call('/api/v1/applications', { json: { job: job.id, candidate: 'CAND-0001' } })
  expect(again).toMatchObject({ status: 200, body: { id: made.body.id } })
  const moved = await acme.call('/api/v1/applications/APP-0001/move', { json: { stage: 'interview' } })
  expect(moved.body).toMatchObject({ stage: 'interview', version: 2 })
  expect((await acme.call(`/api/v1/applications?job=${job.ref}&stage=interview`)).body.items).toHaveLength(1)
  expect((await acme.call('/api/v1/applications/APP-0001/move', { json: { stage: 'promoted' } })).status).toBe(400)
  expect((await acme.call('/api/v1/applications', { json: { job: 'JOB-0404', candidate: 'CAND-0001' } })).status).toBe(
    404,
  )
  expect((await viewer.call('/api/v1/applications')).body.items).toEqual([])
})

test('every route is in the reference', async () => {
  const { paths } = (await acme.call('/api/openapi.json')).body
  for (const path of [
    'candidates',
    'candidates/import',
    'candidates/{id}/contact',
    'applications',
    'segments',
    'models/train',
  ])
    expect(Object.keys(paths)).toContain(`/v1/${path}`)
})
