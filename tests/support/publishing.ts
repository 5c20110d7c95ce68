import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici'
import { z } from 'zod'
import type { Campaign } from '#domain/campaign.ts'
import { type Channel, channelId } from '#domain/channel.ts'
import { metaPlatform } from '#functions/adapters/meta/platform.ts'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import { startSync } from '#functions/capabilities/metrics/start-syncs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload } from '#functions/capabilities/metrics/turn.ts'
import type { AdPlatform, AdPlatforms, Links, TaskRequest, Tasks } from '#functions/ports/index.ts'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { startSandbox } from '#local/sandbox/main.ts'
import { OPEN_JOB } from './open-job.ts'
import { CAUSE, freshWorld } from './world.ts'

export const ORG = 'andes'
const QUARANTINE_MS = 400

const Payload = z.object({ campaignId: z.string(), platform: z.literal('meta'), epoch: z.int() })

const isSync = (task: TaskRequest): boolean => task.queue === 'sync-metrics'

/** The real SDK over the real wire to a sandbox of its own; tasks wait in a list until the test lets them run. */
export async function publishingWorld() {
  const world = freshWorld()
  const { db, store, census, clock, killSwitch } = world
  const folder = mkdtempSync(join(tmpdir(), 'adflux-sandbox-'))
  const sandbox = await startSandbox({
    ...{ controlPort: 0, proxyPort: 0, tlsPort: 0, stateDir: folder, seed: 7 },
    clock: { now: () => clock.now().getTime(), advance: (ms) => clock.advance(ms) },
    settings: { reportSeconds: 0 },
  })
  const proxy = new EnvHttpProxyAgent({
    httpsProxy: `http://127.0.0.1:${sandbox.proxyPort}`,
    noProxy: '127.0.0.1,localhost',
    ...{ requestTls: { ca: readFileSync(sandbox.caFile, 'utf8') } },
  })
  setGlobalDispatcher(proxy)
  const control = `http://127.0.0.1:${sandbox.controlPort}`

  const waiting: TaskRequest[] = []
  const names = new Set<string>()
  const tasks: Tasks = {
    enqueue: async (request) => {
      if (!names.has(request.name)) waiting.push(request)
      names.add(request.name)
    },
  }
  const links: Links = { click: async (_, target) => `https://click.example.com/c/${target.campaignId}` }
  const seams = {
    wrap: (platform: AdPlatform): AdPlatform => platform,
    /** What the organisation's own documents hold. */
    audience: [] as string[],
  }
  const sources = { audience: async () => seams.audience }
  const secrets = { get: async () => ANDES_ACCOUNT.token }
  /** As one process has it: what it keeps in memory is not known to another. */
  const newProcess = (): AdPlatforms => ({
    ...adPlatforms(
      {},
      secrets,
      sources,
      { store, clock, killSwitch },
      {
        meta: async (connection, token, own, report) => seams.wrap(metaPlatform(connection, token, own, report)),
      },
    ),
    quarantineMs: () => QUARANTINE_MS,
    reviewPollSeconds: () => 60,
    windowDays: () => 28,
  })
  const platforms = newProcess()
  const ports = { store, census, clock, tasks, links, platforms, killSwitch, copywriter: { write: async () => null } }

  await world.openOrganisation(ORG)

  await store.transact(ORG, CAUSE, async (tx) => {
    tx.record(
      'connections',
      {
        id: 'meta',
        platform: 'meta',
        accountId: ANDES_ACCOUNT.id.replace('act_', ''),
        accountName: ANDES_ACCOUNT.name,
        currency: ANDES_ACCOUNT.currency,
        timeZone: ANDES_ACCOUNT.timezone,
        settings: {
          pageId: ANDES_ACCOUNT.pageId,
          pixelId: ANDES_ACCOUNT.pixelId,
          beneficiary: 'Andes',
          payor: 'Andes',
        },
        tokenLast4: 'ser1',
        secret: 'ads',
        status: 'ok',
        checkedAt: null,
        lastError: null,
      },
      undefined,
      { action: 'connection.saved' },
    )
  })

  /** One delivery of a task, as Cloud Tasks would make it; 'held' = another worker has the channel. */
  async function deliver(task: TaskRequest, lastAttempt = false): Promise<'done' | 'retry' | 'held'> {
    const { correlationId } = task
    try {
      return await driveChannel(ports, { org: task.org, ...Payload.parse(task.payload), correlationId, lastAttempt })
    } catch (error) {
      if (error instanceof HeldElsewhere) return 'held'
      throw error
    }
  }

  /** Runs every waiting task, moving the clock to each one's time, until nothing waits; a task that asks for it is tried again. */
  async function drain(most = 60): Promise<void> {
    for (let i = 0; i < most; i++) {
      const task = waiting.shift()
      if (!task) return
      if (task.runAt && task.runAt > clock.now().toISOString()) clock.set(task.runAt)
      const outcome = await deliver(task, i === most - 1)
      if (outcome !== 'done') waiting.push(task)
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`Tasks do not come to an end: ${waiting.map((t) => t.name).join(', ')}`)
  }

  /** One whole sync of the account, by the tasks it asks for. */
  async function sync(): Promise<void> {
    const connection = await store.get(ORG, 'connections', 'meta')
    if (connection) await startSync(ports, ORG, CAUSE, connection)
    for (let i = waiting.findIndex(isSync); i >= 0; i = waiting.findIndex(isSync)) {
      const [task] = waiting.splice(i, 1)
      await syncAccount(ports, {
        org: ORG,
        ...SyncPayload.parse(task?.payload),
        correlationId: 'x',
        lastAttempt: false,
      })
    }
  }

  return {
    ...world,
    sync,
    /** A call of the platform's API by somebody else. */
    graph: async (path: string, body: object): Promise<string> => {
      const answer = await fetch(`https://graph.facebook.com/v24.0/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ANDES_ACCOUNT.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return z.object({ id: z.string().optional() }).parse(await answer.json()).id ?? ''
    },
    ...{ ports, seams, waiting, deliver, drain, control, newProcess },
    fault: async (fault: object) => {
      const answer = await fetch(`${control}/_sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify(fault),
        ...JSON_HEADERS,
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    books: async () => Books.parse(await (await fetch(`${control}/_sandbox/books`)).json()),
    calls: async () =>
      z.object({ calls: z.record(z.string(), z.int()) }).parse(await (await fetch(`${control}/_sandbox/books`)).json())
        .calls,
    channel: (campaign: Campaign) => store.get(ORG, 'channels', channelId(campaign.id, 'meta')),
    campaign: (id: string) => store.get(ORG, 'campaigns', id),
    /** What a dead worker leaves behind, seen a minute later. */
    expireLease: (channel: Channel) =>
      db
        .doc(`orgs/${ORG}/campaigns/${channel.campaignId}/channels/meta`)
        .update({ 'lease.until': '2020-01-01T00:00:00.000Z' }),
    stop: async () => {
      await sandbox.stop()
      await proxy.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
const JSON_HEADERS = { headers: { 'content-type': 'application/json' } }
export type PublishingWorld = Awaited<ReturnType<typeof publishingWorld>>

const Books = z.object({
  objects: z.array(
    z.object({ id: z.string(), kind: z.string(), name: z.string().nullish(), status: z.string().nullish() }).loose(),
  ),
  campaigns: z.array(z.object({ id: z.string() }).loose()),
})

/** An open job and a draft for it. */
export async function draftCampaign(world: PublishingWorld, more: object = {}): Promise<Campaign> {
  const { ports, store } = world
  const id = `job_${Math.random().toString(36).slice(2)}`
  await store.transact(ORG, CAUSE, async (tx) => {
    tx.record('jobs', { ...OPEN_JOB, id, externalId: id }, undefined, { action: 'job.created' })
  })
  return createCampaign(ports, ORG, CAUSE, {
    job: id,
    platform: 'meta',
    dailyBudget: { amount: '20.00', currency: 'USD' },
    end: '2026-12-20',
    ...more,
  })
}

/** Every object that was ever made on the platform and not deleted, by kind. */
export async function standing(world: PublishingWorld): Promise<Record<string, number>> {
  const { objects } = await world.books()
  const counts: Record<string, number> = {}
  for (const { kind, deleted } of objects) if (!deleted) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
export const ONE_TREE = { campaign: 1, adset: 1, creative: 1, ad: 1 }
