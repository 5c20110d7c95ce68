import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeJob } from '#functions/capabilities/jobs/close-job.ts'
import { expireJobs } from '#functions/capabilities/jobs/expire-jobs.ts'
import { patchJob } from '#functions/capabilities/jobs/patch-job.ts'
import { reopenJob } from '#functions/capabilities/jobs/reopen-job.ts'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const opening = (externalId: string, more: object = {}) => ({ externalId, title: 'Mesero', ...more })
const person = {
  actor: { kind: 'user' as const, id: 'ana', role: 'recruiter' as const },
  correlationId: 'by-hand-0001',
}
const actions = async (id: string): Promise<string[]> => {
  const audit = await w.db.collection(`orgs/${w.org}/jobs/${id}/audit`).get()
  return audit.docs.map((doc) => `${doc.get('actor')} ${doc.get('action')}`)
}

describe('what a person does to a pushed job', () => {
  test('a close holds against the unchanged record, takes changed words, and yields to a newer stamp', async () => {
    await w.push(opening('u1'))
    w.published.length = 0
    const closed = await closeJob(w, w.org, person, 'JOB-0001', 'filled')
    expect(closed).toMatchObject({ status: 'closed', closedReason: 'filled', correlationId: 'by-hand-0001' })
    expect(w.published.map(({ type, subjects }) => [type, subjects])).toEqual([
      ['jobs.changed', [closed.id]],
      ['job.closed', [closed.id]],
    ])
    expect(await w.push(opening('u1'))).toMatchObject({ unchanged: 1 })
    expect(await w.push(opening('u1', { title: 'Mesera' }))).toMatchObject({ updated: 1 })
    expect(await w.job('u1')).toMatchObject({ status: 'closed', closedReason: 'filled', title: 'Mesera' })
    w.advance(1000)
    await w.push(opening('u1', { title: 'Mesera', updatedAt: w.clock.now().toISOString() }))
    expect(await w.job('u1')).toMatchObject({ status: 'open', closedReason: null })
    expect(await actions(closed.id)).toEqual([
      'api-key:test job.created',
      'user:ana job.closed',
      'api-key:test job.updated',
      'api-key:test job.reopened',
    ])
  })

  test('closing twice is one close', async () => {
    await w.push(opening('u2'))
    const { ref } = await w.job('u2')
    const first = await closeJob(w, w.org, person, ref)
    expect(await closeJob(w, w.org, person, ref)).toEqual(first)
  })

  test('a reopening holds against the unchanged record that closed it, and against an older close', async () => {
    const gone = opening('u3', { status: 'closed', updatedAt: '2026-11-20T10:00:00Z' })
    await w.push(gone)
    const { ref } = await w.job('u3')
    expect((await reopenJob(w, w.org, person, ref)).status).toBe('open')
    expect(await w.push(gone)).toMatchObject({ unchanged: 1 })
    const older = { externalId: 'u3', status: 'closed', updatedAt: '2026-11-20T11:00:00Z' }
    expect(await w.push(older)).toMatchObject({ stale: 1 })
    expect((await w.job('u3')).status).toBe('open')
    expect(await w.push({ externalId: 'u3', status: 'closed' })).toMatchObject({ closed: 1 })
  })

  test('of a tombstone nothing can be reopened', async () => {
    await w.push({ externalId: 'u4', status: 'closed' })
    const { ref } = await w.job('u4')
    await expect(reopenJob(w, w.org, person, ref)).rejects.toMatchObject({ code: 'illegal_state' })
  })

  test('changed words hold against the unchanged record and give way to the next change', async () => {
    await w.push(opening('u5'))
    const { ref } = await w.job('u5')
    await patchJob(w, w.org, person, ref, { title: 'Mesero de banquetes' })
    expect(await w.push(opening('u5'))).toMatchObject({ unchanged: 1 })
    expect((await w.job('u5')).title).toBe('Mesero de banquetes')
    await w.push(opening('u5', { title: 'Capitán de meseros' }))
    expect((await w.job('u5')).title).toBe('Capitán de meseros')
  })

  test('a change against another version than the one seen is a conflict', async () => {
    await w.push(opening('u6'))
    const { ref, version } = await w.job('u6')
    await expect(patchJob(w, w.org, person, ref, { title: 'X' }, version + 1)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('a closing date', () => {
  test('closes the job when its last day is over in the organisation’s zone, and a later one opens it again', async () => {
    await w.push([opening('d1', { closesOn: '2026-11-21' }), opening('d2', { closesOn: '2026-11-30' }), opening('d3')])
    // 2026-11-22T05:00Z is midnight in Bogotá.
    expect((await w.job('d1')).expiresAt).toBe('2026-11-22T05:00:00.000Z')
    expect(await expireJobs(w, 'sweep-correlation')).toBe(0)
    w.advance(Date.parse('2026-11-22T04:59:59Z') - w.clock.now().getTime())
    expect(await expireJobs(w, 'sweep-correlation')).toBe(0)
    w.advance(1000)
    w.published.length = 0
    expect(await expireJobs(w, 'sweep-correlation')).toBe(1)
    const closed = await w.job('d1')
    expect(closed).toMatchObject({ status: 'closed', closedReason: 'expired', expiresAt: null })
    expect(w.published.map(({ type, subjects }) => [type, subjects])).toContainEqual(['job.closed', [closed.id]])
    expect(await expireJobs(w, 'sweep-correlation')).toBe(0)

    expect(await w.push(opening('d1', { closesOn: '2026-11-21' }))).toMatchObject({ unchanged: 1 })
    expect(await w.push(opening('d1', { closesOn: '2026-12-24' }))).toMatchObject({ updated: 1 })
    expect(await w.job('d1')).toMatchObject({
      status: 'open',
      closedReason: null,
      expiresAt: '2026-12-25T05:00:00.000Z',
    })
  })

  test('that has passed already makes the job closed from the first', async () => {
    expect(await w.push(opening('d4', { closesOn: '2026-11-01' }))).toMatchObject({ created: 1 })
    expect(await w.job('d4')).toMatchObject({ status: 'closed', closedReason: 'expired' })
  })

  test('that has passed must be replaced to reopen', async () => {
    const { ref } = await w.job('d4')
    await expect(reopenJob(w, w.org, person, ref)).rejects.toMatchObject({ code: 'illegal_state' })
    expect(await reopenJob(w, w.org, person, ref, '2027-01-31')).toMatchObject({
      status: 'open',
      closesOn: '2027-01-31',
    })
  })
})

describe('a requisition with several openings', () => {
  const post = (id: number, updated: string) => ({
    id,
    internal_job_id: 900,
    title: `Post ${id}`,
    absolute_url: `https://boards.example/acme/jobs/${id}`,
    updated_at: updated,
  })
  const board = (...jobs: object[]) => ({ jobs, meta: { total: jobs.length } })

  test('is closed as a whole, and an older opening of it that arrives later stays closed', async () => {
    await w.push(board(post(81, '2026-11-01T00:00:00Z'), post(82, '2026-11-01T00:00:00Z')))
    const deleted = { action: 'job_deleted', payload: { job: { id: 900, name: 'Requisition' } } }
    const result = await w.push(deleted)
    expect(result).toMatchObject({ received: 1, closed: 1 })
    expect(result.jobs.map(({ externalId, outcome }) => [externalId, outcome]).sort()).toEqual([
      ['81', 'closed'],
      ['82', 'closed'],
    ])
    expect(await w.push(board(post(83, '2026-11-02T00:00:00Z')))).toMatchObject({ received: 1, closed: 1 })
    expect((await w.job('83')).status).toBe('closed')
    w.advance(60_000)
    expect(await w.push(board(post(84, w.clock.now().toISOString())))).toMatchObject({ created: 1 })
  })
})

test('two imports of one source at the same time leave every job once', { timeout: 120_000 }, async () => {
  const list = Array.from({ length: 60 }, (_, i) => opening(`c${i}`))
  const results = await Promise.all([w.push(list), w.push([...list].reverse()), w.push(list.slice(0, 30))])
  expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(60)
  expect(results.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(90)
  const jobs = (await w.jobs()).filter(({ externalId }) => /^c\d+$/.test(externalId))
  expect(new Set(jobs.map(({ ref }) => ref)).size).toBe(60)
})
