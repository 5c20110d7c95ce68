import { z } from 'zod'
import type { Campaign } from '#domain/campaign.ts'
import type { Money } from '#domain/money.ts'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import type { TaskRequest } from '#functions/ports/index.ts'
import { memoryPlatform } from './memory-platform.ts'
import { OPEN_JOB } from './open-job.ts'
import { CAUSE, freshWorld } from './world.ts'

export const ORG = 'andes'
const MOST_ATTEMPTS = 8
const Payload = z.object({ campaignId: z.string(), platform: z.literal('meta'), epoch: z.int() })

interface Waiting {
  task: TaskRequest
  due: number
  attempts: number
}

/** Real Firestore, real guards, an ad platform in memory, and tasks that run on the test's clock as Cloud Tasks would run them. */
export async function guardedWorld({ dailyCap = null }: { dailyCap?: Money | null } = {}) {
  const world = freshWorld()
  const { store, clock, killSwitch, census } = world
  const now = () => clock.now().getTime()
  const platform = memoryPlatform(now)
  const waiting: Waiting[] = []
  const names = new Set<string>()
  const tasks = {
    enqueue: async (task: TaskRequest) => {
      if (names.has(task.name)) return
      names.add(task.name)
      waiting.push({ task, due: task.runAt ? Date.parse(task.runAt) : now(), attempts: 0 })
    },
  }
  const sources = { image: async () => new Uint8Array(), audience: async () => [] }
  const secrets = { get: async () => 'token' }
  /** As one instance of a function has them: what it keeps in memory is not known to another. */
  const newProcess = () => ({
    ...adPlatforms(
      {},
      secrets,
      sources,
      { store, clock, killSwitch },
      {
        meta: async (_connection, _token, _sources, report) => platform.open(report),
      },
    ),
    // It counts real time, and here days pass in seconds; what is lost in memory never lands.
    quarantineMs: () => 0,
  })
  const links = { click: async () => 'https://click.example.com/c/1' }
  const copywriter = { write: async () => null }
  const ports = { store, census, clock, tasks, links, killSwitch, copywriter, platforms: newProcess() }

  await world.openOrganisation(ORG, dailyCap)
  await store.transact(ORG, CAUSE, async (tx) => {
    const account = { accountId: '1', accountName: 'Andes', currency: 'USD', timeZone: 'America/Bogota', settings: {} }
    const secret = { tokenLast4: '0001', secret: 'ads' }
    const health = { status: 'ok' as const, checkedAt: null, lastError: null }
    tx.record('connections', { id: 'meta', platform: 'meta', ...account, ...secret, ...health }, undefined, {
      action: 'connection.saved',
    })
    tx.record('jobs', { ...OPEN_JOB, id: 'job_1', externalId: 'job_1' }, undefined, { action: 'job.created' })
  })

  const draft = (amount = '20.00'): Promise<Campaign> =>
    createCampaign(ports, ORG, CAUSE, {
      job: 'job_1',
      platform: 'meta',
      dailyBudget: { amount, currency: 'USD' },
      end: '2026-12-20',
    })

  async function attempt(next: Waiting): Promise<void> {
    const { task } = next
    const drive = { org: task.org, ...Payload.parse(task.payload), correlationId: task.correlationId }
    next.attempts++
    const retryInSeconds = Math.min(600, 5 * 2 ** (next.attempts - 1))
    const lastAttempt = next.attempts >= MOST_ATTEMPTS
    const outcome = await driveChannel(ports, { ...drive, lastAttempt, retryInSeconds }).catch((error: unknown) => {
      if (error instanceof HeldElsewhere) return 'retry' as const
      throw error
    })
    if (outcome === 'done' || next.attempts >= MOST_ATTEMPTS) return
    waiting.push({ ...next, due: now() + retryInSeconds * 1000 })
  }

  /** Runs everything that is due in the next seconds of virtual time, urgent queues first, and leaves the clock at their end. */
  async function run(seconds: number): Promise<void> {
    const end = now() + seconds * 1000
    const rank = ({ task }: Waiting) => (task.queue.startsWith('urgent-') ? 0 : 1)
    for (;;) {
      const due = waiting.filter(({ due }) => due <= Math.max(end, now()))
      const [next] = due.sort((a, b) => Math.max(a.due, now()) - Math.max(b.due, now()) || rank(a) - rank(b))
      if (!next) break
      waiting.splice(waiting.indexOf(next), 1)
      if (next.due > now()) clock.set(new Date(next.due).toISOString())
      await attempt(next)
    }
    if (end > now()) clock.set(new Date(end).toISOString())
  }

  const statuses = async (): Promise<Record<string, number>> => {
    const found = await store.list(ORG, 'campaigns', { limit: 500 })
    const counts: Record<string, number> = {}
    for (const { status } of found.items) counts[status] = (counts[status] ?? 0) + 1
    return counts
  }
  const connection = async () => {
    const found = await store.get(ORG, 'connections', 'meta')
    if (!found) throw new Error('no connection')
    return found
  }
  return { ...world, ...platform, ports, newProcess, waiting, draft, run, statuses, connection }
}
export type GuardedWorld = Awaited<ReturnType<typeof guardedWorld>>
