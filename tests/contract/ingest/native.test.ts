import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const opening = (externalId: string, more: object = {}) => ({
  externalId,
  title: 'Auxiliar de bodega',
  company: 'Logística Andina',
  location: { city: 'Medellín', region: 'Antioquia', country: 'Colombia' },
  description: '<p onclick="steal()">Turnos <b>rotativos</b></p><script>alert(1)</script>',
  salary: { min: '1750905.00', currency: 'COP', period: 'MONTH' },
  applyUrl: 'https://jobs.example/1',
  shift: ['night', ['nested', 'list']],
  ...more,
})

describe('one native job', () => {
  test('becomes an opening with a ref, clean HTML and its unknown fields', async () => {
    const result = await w.push(opening('one'))
    expect(result).toMatchObject({ received: 1, created: 1, problems: [] })
    expect(result.jobs).toEqual([
      { externalId: 'one', id: expect.stringMatching(/^job_/), ref: 'JOB-0001', status: 'open', outcome: 'created' },
    ])
    const job = await w.job('one')
    expect(job).toMatchObject({
      status: 'open',
      source: 'push',
      description: '<p>Turnos <b>rotativos</b></p>',
      places: [{ text: 'Medellín, Antioquia, Colombia', city: 'Medellín', region: 'Antioquia', country: 'CO' }],
      salary: { minMinor: 175_090_500, maxMinor: null, currency: 'COP', period: 'MONTH' },
      correlationId: 'test-correlation',
    })
    expect(JSON.parse(job.extra)).toEqual({ shift: ['night', ['nested', 'list']] })
    const audit = await w.db.collection(`orgs/${w.org}/jobs/${job.id}/audit`).get()
    expect(audit.docs.map((doc) => doc.get('action'))).toEqual(['job.created'])
    expect(w.published.map((event) => event.type)).toEqual(['jobs.changed', 'job.opened'])
  })

  test('sent again is unchanged, whatever the order of its fields, and writes nothing', async () => {
    const before = await w.job('one')
    w.published.length = 0
    const reversed = Object.fromEntries(Object.entries(opening('one')).reverse())
    expect(await w.push(reversed)).toMatchObject({ received: 1, unchanged: 1 })
    expect(await w.job('one')).toEqual(before)
    expect(w.published).toEqual([])
  })

  test('with other words is updated, and keeps its ref', async () => {
    expect(await w.push(opening('one', { title: 'Auxiliar de logística' }))).toMatchObject({ updated: 1 })
    expect(await w.job('one')).toMatchObject({ title: 'Auxiliar de logística', ref: 'JOB-0001', version: 2 })
  })

  test('is closed by a record that says no more than that', async () => {
    w.published.length = 0
    expect(await w.push({ externalId: 'one', status: 'closed', closedReason: 'filled' })).toMatchObject({ closed: 1 })
    const job = await w.job('one')
    expect(job).toMatchObject({ status: 'closed', closedReason: 'filled', title: 'Auxiliar de logística' })
    expect(w.published.find((event) => event.type === 'job.closed')?.subjects).toEqual([job.id])
  })

  test('stays closed when the record is replayed, and opens again for a newer stamp', async () => {
    expect(await w.push(opening('one', { title: 'Auxiliar de logística' }))).toMatchObject({ unchanged: 1 })
    expect((await w.job('one')).status).toBe('closed')
    w.advance(1000)
    const reopened = opening('one', { title: 'Auxiliar de logística', updatedAt: w.clock.now().toISOString() })
    w.published.length = 0
    expect(await w.push(reopened)).toMatchObject({ updated: 1 })
    expect(await w.job('one')).toMatchObject({ status: 'open', closedReason: null, closedAt: null })
    expect(w.published.map((event) => event.type)).toContain('job.opened')
  })
})

describe('a close that comes before its job', () => {
  test('leaves a tombstone that an older opening cannot undo', async () => {
    expect(await w.push({ id: 'late', status: 'closed', updatedAt: '2026-11-20T12:00:00Z' })).toMatchObject({
      closed: 1,
    })
    expect(await w.job('late')).toMatchObject({ status: 'closed', tombstone: true })
    const result = await w.push(opening('late', { updatedAt: '2026-11-20T11:00:00Z' }))
    expect(result).toMatchObject({ received: 1, stale: 1 })
    expect(await w.job('late')).toMatchObject({ status: 'closed', tombstone: false, title: 'Auxiliar de bodega' })
  })
})

describe('many at once', () => {
  test('a list keeps the good records and names what is wrong with each of the others', async () => {
    const result = await w.push([
      opening('a'),
      { externalId: 'b', title: 7 },
      opening('c', { salary: { min: 5, currency: 'COP' } }),
      'x',
    ])
    expect(result).toMatchObject({ received: 4, created: 1, rejected: 3 })
    expect(result.problems).toEqual([
      {
        index: 1,
        at: '/1/title',
        message: expect.stringContaining('string'),
        remedy: expect.stringContaining('JobInput'),
      },
      { index: 2, at: '/2/salary/period', message: expect.any(String), remedy: expect.any(String) },
      { index: 3, at: '/3', message: 'not an object', remedy: expect.any(String) },
    ])
  })

  test('NDJSON in gzip names the line of a broken record', async () => {
    const text = [opening('n1'), '{"externalId": "n2", "title": }', '', opening('n3')]
      .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
      .join('\n')
    const result = await w.push(gzipSync(text))
    expect(result).toMatchObject({ received: 3, created: 2, rejected: 1 })
    expect(result.problems[0]).toMatchObject({ index: 1, message: expect.stringContaining('line 2, column 31') })
  })

  test('what a pushed list leaves out stays as it is', async () => {
    await w.push([opening('k1'), opening('k2')])
    for (let round = 0; round < 3; round++)
      expect(await w.push([opening('k1')])).toMatchObject({ received: 1, unchanged: 1 })
    expect((await w.job('k2')).status).toBe('open')
  })

  test('one too large for a document is rejected and the others are taken', async () => {
    const places = Array.from({ length: 200 }, (_, i) => ({ text: `${i} ${'地'.repeat(280)}`, city: '地'.repeat(120) }))
    const huge = opening('big', {
      description: `<p>${'地'.repeat(199_000)}</p>`,
      locations: places,
      notes: '地'.repeat(90_000),
    })
    const result = await w.push([huge, opening('small')])
    expect(result).toMatchObject({ received: 2, created: 1, rejected: 1 })
    expect(result.problems[0]).toMatchObject({ index: 0, message: expect.stringContaining('1 MB') })
  })

  test('the same opening twice in one list: both are taken in their order', async () => {
    const result = await w.push([opening('twice'), { externalId: 'twice', status: 'closed' }])
    expect(result).toMatchObject({ received: 2, created: 1, closed: 1 })
    expect((await w.job('twice')).status).toBe('closed')
  })
})
