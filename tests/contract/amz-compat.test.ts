import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createAmzCampaign } from '#functions/capabilities/amz/create-amz-campaign.ts'
import { publishAmzCampaign } from '#functions/capabilities/amz/publish-amz-campaign.ts'
import { refreshAmzCampaigns } from '#functions/capabilities/amz/refresh-amz-campaigns.ts'
import type { AdPlatforms, TaskRequest, Tasks } from '#functions/ports/index.ts'
import { type AmazonAdsSubject, amazonAdsSubject } from '#tests/support/subjects/amazon-ads.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'

const ORG = 'andes'
const MINUTE = 60_000
const BODY = { name: 'Test Campaign', budget: 100, keywords: 'python,django,ads' }

let subject: AmazonAdsSubject
let world: ReturnType<typeof freshWorld>
let waiting: TaskRequest[]
let ports: Parameters<typeof refreshAmzCampaigns>[0] & { platforms: AdPlatforms; tasks: Tasks }
beforeEach(async () => {
  subject = await amazonAdsSubject()
  world = freshWorld()
  waiting = []
  const names = new Set<string>()
  const tasks: Tasks = {
    enqueue: async (task) => {
      if (!names.has(task.name)) waiting.push(task)
      names.add(task.name)
    },
  }
  const platforms: AdPlatforms = {
    open: async () => subject.open(),
    quarantineMs: () => 200,
    reviewPollSeconds: () => 60,
    windowDays: () => 30,
  }
  const { store, census } = world
  ports = { store, census, tasks, clock: subject.clock, platforms }
  await connect()
})
afterEach(() => subject.stop())

async function connect(): Promise<void> {
  const { schemaVersion: _s, version: _v, auditHash: _h, createdAt: _c, updatedAt: _u, ...draft } = subject.connection
  await world.store.transact(ORG, CAUSE, async (tx) => {
    tx.record('connections', draft, undefined, { action: 'connection.saved' })
  })
}

const create = (body: Parameters<typeof createAmzCampaign>[3] = BODY) => createAmzCampaign(ports, ORG, CAUSE, body)
const Payload = z.object({ amzCampaignId: z.string(), epoch: z.int() })
const deliver = (task: TaskRequest, lastAttempt = false) =>
  publishAmzCampaign(ports, { org: ORG, ...Payload.parse(task.payload), correlationId: 'x', lastAttempt })

/** As Cloud Tasks would: eight attempts, then the task is dropped and the sweep has to see to it. */
async function drain(): Promise<void> {
  const attempts = async (task: TaskRequest): Promise<void> => {
    for (let attempt = 1; attempt <= 8; attempt++) if ((await deliver(task, attempt === 8)) === 'done') return
  }
  while (waiting.length > 0) await Promise.all(waiting.splice(0).map(attempts))
}
async function minute(): Promise<void> {
  subject.clock.advance(MINUTE)
  world.clock.set(subject.clock.now().toISOString())
  await refreshAmzCampaigns(ports, 'sweep')
}
const stored = async (id: string) => (await world.store.get(ORG, 'amzCampaigns', id)) ?? expect.fail('not there')

const Books = z.object({
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
  calls: z.record(z.string(), z.int()),
})
const books = async () => Books.parse(await subject.control('GET', 'books'))

describe('a campaign of the AMZ interface', () => {
  test('is PENDING at first, then on the platform under an id AMZ- that stays', async () => {
    const taken = await create()
    expect(taken).toMatchObject({ status: 'PENDING', externalId: null, keywords: BODY.keywords })
    await drain()
    const there = await stored(taken.id)
    expect(there).toMatchObject({ status: 'ACTIVE', reason: null })
    expect(there.externalId).toMatch(/^AMZ-[0-9A-Z]{5}$/)
    const { campaigns } = await books()
    expect(campaigns).toMatchObject([{ id: there.step.externalId, status: 'ACTIVE' }])
    expect(campaigns[0]?.name).toMatch(/Test Campaign ~[0-9a-z]{12}$/)
    await minute()
    await drain()
    expect((await stored(taken.id)).externalId).toBe(there.externalId)
  })

  test('made while the platform does not answer is PROCESSING, and settles at a later refresh', async () => {
    const taken = await create()
    await subject.fault({ fault: '500', operation: 'list', times: 8 })
    await drain()
    expect(await stored(taken.id)).toMatchObject({ status: 'PROCESSING', externalId: expect.stringMatching(/^AMZ-/) })
    await minute()
    await drain()
    expect((await stored(taken.id)).status).toBe('ACTIVE')
  })

  test('that the platform refuses is FAILED in the platform’s words and never tried again', async () => {
    const taken = await create({ ...BODY, budget: 0.5 })
    await drain()
    const failed = await stored(taken.id)
    expect(failed).toMatchObject({ status: 'FAILED', externalId: null, wakeAt: null })
    expect(failed.reason?.message).toContain('at least 1.00 USD')
    await minute()
    expect(waiting).toEqual([])
  })

  test('paused by somebody over there is told, not fought; enabled again it is ACTIVE', async () => {
    const taken = await create()
    await drain()
    const campaign = (await stored(taken.id)).step.externalId ?? ''
    await subject.open().set({ campaign }, 'paused')
    await minute()
    await drain()
    expect(await stored(taken.id)).toMatchObject({ status: 'FAILED', reason: { code: 'paused_on_platform' } })
    expect((await books()).campaigns).toMatchObject([{ status: 'PAUSED' }])
    await subject.open().set({ campaign }, 'active')
    await minute()
    await drain()
    expect((await stored(taken.id)).status).toBe('ACTIVE')
  })

  test('needs a connected profile, and a budget that the currency has', async () => {
    await expect(create({ ...BODY, budget: 1.005 })).rejects.toMatchObject({ code: 'invalid' })
    await expect(createAmzCampaign(ports, 'nobody', CAUSE, BODY)).rejects.toMatchObject({ code: 'unprocessable' })
  })
})

describe('nothing is made twice', () => {
  test('by a task that is delivered five times at once', async () => {
    const taken = await create()
    const [task] = waiting.splice(0)
    if (!task) throw new Error('no task')
    await Promise.all(Array.from({ length: 5 }, () => deliver(task)))
    await minute()
    await drain()
    expect((await stored(taken.id)).status).toBe('ACTIVE')
    expect((await books()).calls['amazon-ads.create-campaign']).toBe(1)
  })

  test('by an answer that was lost: what landed is adopted', async () => {
    const taken = await create()
    await subject.fault({ fault: 'answer-lost', operation: 'create-campaign' })
    await drain()
    await minute()
    await drain()
    expect((await stored(taken.id)).status).toBe('ACTIVE')
    expect((await books()).campaigns).toHaveLength(1)
    expect((await books()).calls['amazon-ads.create-campaign']).toBe(1)
  })

  test('by overlapping ticks of the sweep: they ask for one look, and raise the epoch once', async () => {
    const taken = await create()
    await drain()
    subject.clock.advance(MINUTE)
    world.clock.set(subject.clock.now().toISOString())
    const woken = await Promise.all([refreshAmzCampaigns(ports, 'a'), refreshAmzCampaigns(ports, 'b')])
    expect(woken[0] + woken[1]).toBe(1)
    expect(waiting).toHaveLength(1)
    expect((await stored(taken.id)).epoch).toBe(2)
    await drain()
    expect((await books()).calls['amazon-ads.create-campaign']).toBe(1)
  })

  test('while every fifth call of the platform fails: forty campaigns arrive, each once', {
    timeout: 240_000,
  }, async () => {
    await subject.fault({ fault: '429', rate: 0.1, times: 'always' })
    await subject.fault({ fault: '500', rate: 1 / 9, times: 'always' })
    const taken = await Promise.all(Array.from({ length: 40 }, (_, n) => create({ ...BODY, name: `Campaign ${n}` })))
    const ids = taken.map(({ id }) => id)
    const statuses = async () => (await world.store.getAll(ORG, 'amzCampaigns', ids)).map((found) => found?.status)
    for (let n = 0; n < 15; n++) {
      await drain()
      if ((await statuses()).every((status) => status === 'ACTIVE')) break
      await new Promise((resolve) => setTimeout(resolve, 210))
      await minute()
    }
    expect(await statuses()).toEqual(ids.map(() => 'ACTIVE'))
    const { campaigns } = await books()
    expect(campaigns.map(({ status }) => status)).toEqual(taken.map(() => 'ACTIVE'))
    expect(new Set(campaigns.map(({ name }) => name)).size).toBe(40)
  })
})
