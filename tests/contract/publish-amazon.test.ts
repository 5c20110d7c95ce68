import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { removeStrays } from '#functions/capabilities/campaigns/remove-strays.ts'
import { pauseCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { startSync } from '#functions/capabilities/metrics/start-syncs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload } from '#functions/capabilities/metrics/turn.ts'
import type { TaskRequest } from '#functions/ports/index.ts'
import { booksOf } from '#tests/support/amazon-books.ts'
import { briefOf } from '#tests/support/brief.ts'
import { type AmazonAdsSubject, amazonAdsSubject } from '#tests/support/subjects/amazon-ads.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'

/** The product's own saga and sync over the Amazon adapter, against a sandbox of its own. */

const ORG = 'andes'
const ONE_TREE = { campaign: 1, adset: 1, creative: 1, ad: 1 }
const Drive = z.object({ campaignId: z.string(), platform: z.literal('amazon-ads'), epoch: z.int() })

let subject: AmazonAdsSubject
let world: Awaited<ReturnType<typeof publishing>>
beforeEach(async () => {
  subject = await amazonAdsSubject()
  world = await publishing()
})
afterEach(() => subject.stop())

async function publishing() {
  const { store, census, openOrganisation } = freshWorldAt(subject)
  await openOrganisation(ORG)
  const waiting: TaskRequest[] = []
  const ports = {
    ...{
      store,
      census,
      clock: subject.clock,
      tasks: { enqueue: async (task: TaskRequest) => void waiting.push(task) },
    },
    links: { click: async () => 'https://click.example.com/c/1' },
    copywriter: { write: async () => null },
    platforms: {
      ...{ open: async () => subject.open(), quarantineMs: () => 300, reviewPollSeconds: () => 60 },
      windowDays: () => 30,
    },
  }
  const {
    schemaVersion: _s,
    version: _v,
    auditHash: _h,
    createdAt: _c,
    updatedAt: _u,
    ...connection
  } = subject.connection
  const { schemaVersion: _js, version: _jv, auditHash: _jh, createdAt: _jc, updatedAt: _ju, ...job } = briefOf().job
  await store.transact(ORG, CAUSE, async (tx) => {
    tx.record('connections', connection, undefined, { action: 'connection.saved' })
    tx.record('jobs', job, undefined, { action: 'job.created' })
  })
  return { store, waiting, ports }
}

/** The store reads the same virtual clock as the sandbox. */
function freshWorldAt(of: AmazonAdsSubject) {
  const fresh = freshWorld()
  fresh.clock.now = of.clock.now
  return fresh
}

/** Runs every task at its time, until nothing waits. */
async function drain(): Promise<void> {
  for (let n = 0; n < 60; n++) {
    const task = world.waiting.shift()
    if (!task) return
    if (task.runAt && task.runAt > subject.clock.now().toISOString()) subject.clock.set(task.runAt)
    const how = { org: ORG, correlationId: 'x', lastAttempt: false }
    const outcome =
      task.queue === 'sync-metrics'
        ? await syncAccount(world.ports, { ...SyncPayload.parse(task.payload), ...how })
        : await driveChannel(world.ports, { ...Drive.parse(task.payload), ...how })
    if (outcome === 'retry') world.waiting.push(task)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('tasks do not come to an end')
}

async function publish(end = '2026-12-20'): Promise<string> {
  const draft = await createCampaign(world.ports, ORG, CAUSE, {
    ...{ job: 'job_1', platform: 'amazon-ads', dailyBudget: { amount: '20.00', currency: 'USD' } },
    ...{ end, countries: ['US'] },
  })
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  return draft.id
}
const campaign = (id: string) => world.store.get(ORG, 'campaigns', id)

async function standing(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { kind, deleted } of (await booksOf(subject)).objects) if (!deleted) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

describe('publishing on Amazon', () => {
  test('goes through review to ACTIVE, and to PAUSED when it is asked for', async () => {
    const id = await publish()
    await drain()
    expect(await campaign(id)).toMatchObject({ status: 'ACTIVE', reason: null })
    expect(await standing()).toEqual(ONE_TREE)
    await pauseCampaign(world.ports, ORG, CAUSE, id)
    await drain()
    expect(await campaign(id)).toMatchObject({ status: 'PAUSED' })
  })

  for (const operation of ['create-campaign', 'create-adset', 'create-creative', 'create-ad', 'update'])
    for (const fault of ['answer-lost', '500', 'wrong-body', 'mixed-rows'])
      test(`${fault} at ${operation}: it still arrives, once`, async () => {
        await subject.fault({ fault, operation })
        const id = await publish()
        await drain()
        expect(await campaign(id)).toMatchObject({ status: 'ACTIVE' })
        expect(await standing()).toEqual(ONE_TREE)
      })

  for (const [operation, kind] of [
    ['create-campaign', 'campaign'],
    ['create-adset', 'adset'],
    ['create-ad', 'ad'],
  ] as const)
    test(`a ${operation} that arrived twice: one campaign runs, and the sweep removes the twin`, async () => {
      await subject.fault({ fault: 'duplicate-200', operation })
      const id = await publish()
      await drain()
      expect(await campaign(id)).toMatchObject({ status: 'ACTIVE' })
      expect(await standing()).toEqual({ ...ONE_TREE, [kind]: 2 })
      const later = { realNow: () => new Date(Date.now() + 10_000), nowMs: () => performance.now() }
      expect(await removeStrays(world.ports, 'sweep', later)).toBe(1)
      expect(await standing()).toEqual(ONE_TREE)
      expect(await campaign(id)).toMatchObject({ status: 'ACTIVE' })
    })

  for (const fault of ['late-metrics', 'restated-metrics'])
    test(`${fault}: a later sync brings what the first could not know`, async () => {
      const id = await publish('2026-11-22')
      await drain()
      subject.clock.set('2026-11-23T15:00:00.000Z')
      await subject.fault({ fault, operation: 'report', times: 'always', delaySeconds: 2 * 86_400 })
      const sync = async () => {
        await startSync(world.ports, ORG, CAUSE, subject.connection)
        await drain()
        const [booked] = (await booksOf(subject)).campaigns
        const spent = booked?.days.reduce((sum, day) => sum + day.spendMicros, 0) ?? 0
        return { spent, known: (await campaign(id))?.totals?.spendMicros ?? 0 }
      }
      const first = await sync()
      expect(first.known).toBeLessThan(first.spent)
      subject.clock.advance(3 * 86_400_000)
      const later = await sync()
      expect(later.known).toBe(later.spent)
      expect(later.known).toBeGreaterThan(first.known)
    })

  test('a sync brings the books’ figures', async () => {
    // It has ended before it is synced: a report that is asked for twice moves the clock, and the spending with it.
    const id = await publish('2026-11-23')
    await drain()
    subject.clock.advance(5 * 86_400_000)
    await startSync(world.ports, ORG, CAUSE, subject.connection)
    await drain()
    const [booked] = (await booksOf(subject)).campaigns
    const spent = booked?.days.reduce((sum, day) => sum + day.spendMicros, 0)
    expect(spent).toBeGreaterThan(0)
    const synced = await campaign(id)
    expect(synced?.totals?.spendMicros).toBe(spent)
    expect(synced?.reach['amazon-ads']?.reach).toBeGreaterThan(0)
  })
})
