import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { functions } from './functions.ts'

let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
beforeAll(async () => {
  stack = await functions(['api', 'ingest-jobs'])
  acme = await stack.organisation()
})
afterAll(() => stack.stop())

const opening = { title: 'Enfermera jefe', location: 'Bogotá, Colombia', applyUrl: 'https://jobs.example/9' }

describe('an opening written down by hand', () => {
  test('is created with a ref, read by it, listed, changed and closed', async () => {
    const made = await acme.call('/api/v1/jobs', { json: { ...opening, benefits: [['bono']] } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ref: 'JOB-0001',
      source: 'manual',
      status: 'open',
      extra: { benefits: [['bono']] },
    })
    expect(made.body.auditHash).toBeUndefined()
    expect(made.headers.get('etag')).toBe('"1"')

    expect((await acme.call('/api/v1/jobs/JOB-0001')).body.id).toBe(made.body.id)
    expect((await acme.call('/api/v1/jobs?status=open')).body.items).toHaveLength(1)
    expect((await acme.call('/api/v1/jobs?status=closed')).body.items).toHaveLength(0)

    const change = { method: 'PATCH', json: { title: 'Enfermera', skills: ['UCI'], company: null } }
    const changed = await acme.call('/api/v1/jobs/JOB-0001', change)
    expect(changed.body).toMatchObject({ title: 'Enfermera', skills: ['UCI'], version: 2, applyUrl: opening.applyUrl })
    const late = await acme.call('/api/v1/jobs/JOB-0001', { ...change, headers: { 'if-match': '"1"' } })
    expect(late.status).toBe(409)

    const closed = await acme.call('/api/v1/jobs/JOB-0001/close', { json: { reason: 'filled' } })
    expect(closed.body).toMatchObject({ status: 'closed', closedReason: 'filled', closedAt: expect.any(String) })
    const reopened = await acme.call('/api/v1/jobs/JOB-0001/reopen', { method: 'POST' })
    expect(reopened.body).toMatchObject({ status: 'open', closedReason: null, closedAt: null })
  })

  test('is refused with the place of each fault', async () => {
    const wrong = await acme.call('/api/v1/jobs', { json: { title: 7, salary: { min: -1, currency: 'pesos' } } })
    expect(wrong.status).toBe(400)
    expect(wrong.headers.get('content-type')).toBe('application/problem+json')
    expect(wrong.body.problems.map((p: { at: string }) => p.at)).toEqual(
      expect.arrayContaining(['/title', '/salary/currency', '/salary/period']),
    )
    const broken = await acme.call('/api/v1/jobs', {
      method: 'POST',
      body: '{"title":\n "x",}',
      headers: { 'content-type': 'application/json' },
    })
    expect(broken).toMatchObject({ status: 400, body: { title: expect.stringContaining('line 2, column 6') } })
  })

  test('that has an externalId of another is a conflict', async () => {
    expect((await acme.call('/api/v1/jobs', { json: { ...opening, externalId: 'x1' } })).status).toBe(201)
    expect((await acme.call('/api/v1/jobs', { json: { ...opening, title: 'Otra', externalId: 'x1' } })).status).toBe(
      409,
    )
  })

  test('is not there for another organisation, whatever the verb', async () => {
    const other = await stack.organisation()
    const [mine] = (await acme.call('/api/v1/jobs?limit=1')).body.items
    const answers = await Promise.all([
      other.call(`/api/v1/jobs/${mine.id}`),
      other.call(`/api/v1/jobs/${mine.id}/close`, { method: 'POST' }),
      other.call(`/api/v1/jobs/${mine.id}/reopen`, { method: 'POST' }),
      other.call(`/api/v1/jobs/${mine.id}`, { method: 'PATCH', json: { title: 'theirs' } }),
      other.call('/api/v1/jobs/job_00000000000000000000'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await other.call('/api/v1/jobs')).body.items).toEqual([])
  })
})

describe('a push', () => {
  test('answers after the write, and a second one with the same key is the first one', async () => {
    const init = { json: [{ ...opening, externalId: 'p1' }], headers: { 'idempotency-key': 'first' } }
    const first = await acme.call('/ingest-jobs/v1/jobs', init)
    expect(first).toMatchObject({ status: 200, body: { received: 1, created: 1 } })
    const again = await acme.call('/ingest-jobs/v1/jobs', init)
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await acme.call('/ingest-jobs/', { json: { ...opening, externalId: 'p1' } })).body.unchanged).toBe(1)
    expect((await acme.call('/api/v1/jobs?source=push')).body.items).toHaveLength(1)
  })

  test('without a key, with a foreign one, without the right: 401, 401, 403', async () => {
    const reader = await stack.organisation(['read'])
    const answers = await Promise.all([
      acme.call('/ingest-jobs/v1/jobs', { json: [], headers: { authorization: '' } }),
      acme.call('/ingest-jobs/v1/jobs', { json: [], headers: { authorization: `Bearer ${acme.key.slice(0, -1)}x` } }),
      reader.call('/ingest-jobs/v1/jobs', { json: [] }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403])
  })

  test('of broken JSON, an unknown format and an unknown source says so and takes nothing', async () => {
    const send = (path: string, body: string) => acme.call(`/ingest-jobs/v1/jobs${path}`, { method: 'POST', body })
    expect(await send('', '[{"externalId": "z"')).toMatchObject({
      status: 400,
      body: { title: expect.stringContaining('line 1, column 20') },
    })
    expect(await send('?format=taleo', '[]')).toMatchObject({
      status: 400,
      body: { remedy: expect.stringContaining('greenhouse') },
    })
    expect((await send('?source=nobody', '[]')).status).toBe(404)
    expect((await send('', '')).status).toBe(400)
  })
})
