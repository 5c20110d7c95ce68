import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { ANDES_PROFILE } from '#local/sandbox/amazon-ads/accounts.ts'
import { OPEN_JOB } from '#tests/support/open-job.ts'
import { connectionOf } from '#tests/support/subjects/amazon-ads.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'
import { functions } from './ingest/functions.ts'

/** A request that is sent again under its Idempotency-Key makes nothing twice, whatever became of the function that took it first. */

let stack: Awaited<ReturnType<typeof functions>>
let acme: Awaited<ReturnType<typeof stack.organisation>>
let job: string
beforeAll(async () => {
  stack = await functions(['api'])
})
afterAll(() => stack.stop())
beforeEach(async () => {
  acme = await stack.organisation(['read', 'jobs:write', 'candidates:write', 'campaigns:write', 'campaigns:publish'])
  await stack.db.doc(`orgs/${acme.org}/connections/amazon-ads`).set(connectionOf(ANDES_PROFILE, 'na'))
  const made = await acme.call('/api/v1/jobs', {
    json: { title: 'Backend', externalId: 'j1', places: ['Bogotá, Colombia'], applyUrl: 'https://jobs.example.com/1' },
  })
  job = made.body.id
})

const REQUESTS = {
  campaigns: () => ({
    ...{ job, platform: 'amazon-ads', end: '2026-12-20', countries: ['US'] },
    dailyBudget: { amount: '20.00', currency: 'USD' },
  }),
  jobs: () => ({ title: 'Enfermera', places: ['Cali, Colombia'] }),
  candidates: () => ({ place: 'Cali, Colombia', skills: ['SQL'] }),
}
type What = keyof typeof REQUESTS

const send = (what: What, key: string, json: object = REQUESTS[what]()) =>
  acme.call(`/api/v1/${what}`, { json, headers: { 'idempotency-key': key } })
const count = async (what: What) => (await stack.db.collection(`orgs/${acme.org}/${what}`).count().get()).data().count

/** What a function leaves that died between its commit and its answer, two minutes later. */
async function die(): Promise<void> {
  const records = await stack.db.collection(`orgs/${acme.org}/idempotency`).get()
  for (const { ref } of records.docs)
    await ref.update({ state: 'running', status: null, body: null, expiresAt: '2026-11-20T14:00:00.000Z' })
}

describe.each(Object.keys(REQUESTS) as What[])('POST /v1/%s', (what) => {
  test('after a death between commit and answer answers what was made', async () => {
    const before = await count(what)
    const first = await send(what, 'k1')
    expect(first.status).toBe(201)
    await die()
    const again = await send(what, 'k1')
    expect(again.headers.get('idempotency-replayed')).toBeNull()
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, ref: first.body.ref } })
    expect(await count(what)).toBe(before + 1)
  })

  test('twice at once makes one, and says so to the other', async () => {
    const before = await count(what)
    const answers = await Promise.all([send(what, 'k1'), send(what, 'k1')])
    for (const { status } of answers) expect([201, 409]).toContain(status)
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
    expect(ids.size).toBe(1)
    expect(await count(what)).toBe(before + 1)
  })

  test('under another key, or without one, makes another', async () => {
    const before = await count(what)
    await send(what, 'k1')
    await send(what, 'k2')
    await acme.call(`/api/v1/${what}`, { json: REQUESTS[what]() })
    expect(await count(what)).toBe(before + 3)
  })
})

test('an AMZ campaign is made once too', async () => {
  const post = () =>
    acme.call('/api/compat/amazon/api/campaigns/', {
      json: { name: 'Test Campaign', budget: 100 },
      headers: { 'idempotency-key': 'amz' },
    })
  const first = await post()
  expect(first.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  await die()
  expect((await post()).body.id).toBe(first.body.id)
})

test('two functions that both believe the other dead make one campaign, counted once', async () => {
  const world = freshWorld()
  await world.openOrganisation('andes')
  await world.store.transact('andes', CAUSE, async (tx) => {
    const {
      schemaVersion: _s,
      version: _v,
      auditHash: _h,
      createdAt: _c,
      updatedAt: _u,
      ...connection
    } = connectionOf(ANDES_PROFILE, 'na')
    tx.record('connections', connection, undefined, { action: 'connection.saved' })
    tx.record('jobs', { ...OPEN_JOB, id: 'job_1', externalId: 'job_1' }, undefined, { action: 'job.created' })
  })
  const ports = { store: world.store, clock: world.clock, copywriter: { write: async () => null } }
  const create = () =>
    createCampaign(
      ports,
      'andes',
      { ...CAUSE, requestKey: 'one' },
      {
        ...{ job: 'job_1', platform: 'amazon-ads', end: '2026-12-20', countries: ['US'] },
        dailyBudget: { amount: '20.00', currency: 'USD' },
      },
    )
  const [one, two] = await Promise.all([create(), create()])
  expect(two).toEqual(one)
  expect((await world.store.get('andes', 'jobs', 'job_1'))?.totals.campaigns).toBe(1)
})
