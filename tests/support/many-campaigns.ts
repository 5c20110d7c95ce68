import { setTimeout as sleep } from 'node:timers/promises'
import { externalLinkId } from '#domain/channel.ts'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import { amazonPlatform } from '#functions/adapters/amazon-ads/platform.ts'
import { googleAdsPlatform } from '#functions/adapters/google-ads/platform.ts'
import { metaPlatform } from '#functions/adapters/meta/platform.ts'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import { startSync } from '#functions/capabilities/metrics/start-syncs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload } from '#functions/capabilities/metrics/turn.ts'
import type { TaskRequest } from '#functions/ports/index.ts'
import type { WorldEvent } from '#local/sandbox/events.ts'
import { publish } from './amazon-books.ts'
import { type SandboxWorld, sandboxWorld } from './sandbox-world.ts'
import { amazonContractSubject } from './subjects/amazon-ads.ts'
import { briefFor } from './subjects/brief.ts'
import { googleAdsSubject } from './subjects/google-ads.ts'
import { metaSubject } from './subjects/meta.ts'
import type { Subject } from './subjects/subject.ts'
import { CAUSE, freshWorld, memorySecrets } from './world.ts'

export const ORG = 'andes'
const FIRST_COPY = 120_230_500_000_000_000n
const ID = /(?<!\d)1202\d{14}(?!\d)/

/** Three ad accounts, one on each platform, that have as many running campaigns as a test asks for. */
export async function manyCampaigns() {
  const sandbox = await sandboxWorld()
  const { db, store, clock, killSwitch, openOrganisation } = freshWorld()
  clock.now = sandbox.now
  await openOrganisation(ORG)
  const [google, amazon] = [await googleAdsSubject(sandbox), await amazonContractSubject(sandbox)]
  const meta = await metaSubject(sandbox)
  const subjects = [{ ...meta, secret: meta.token }, google, amazon]
  const trees = new Map(
    await Promise.all(subjects.map(async (subject) => [subject.key, await treeOf(sandbox, subject)] as const)),
  )

  const secrets = memorySecrets()
  for (const { key, connection, secret } of subjects) {
    await secrets.create(key, secret)
    await db.doc(`orgs/${ORG}/connections/${key}`).set({ ...connection, secret: key })
  }
  const waiting: TaskRequest[] = []
  const guards = { store, clock, killSwitch }
  const ports = {
    ...{ store, clock, tasks: { enqueue: async (task: TaskRequest) => void waiting.push(task) } },
    platforms: adPlatforms({}, secrets, { audience: async () => [] }, guards, {
      meta: async (connection, token, own, report) => metaPlatform(connection, token, own, report),
      'google-ads': async (connection, secret) => googleAdsPlatform(connection, secret),
      'amazon-ads': async (connection, secret) => amazonPlatform(connection, secret, clock),
    }),
  }

  /** platform campaign id -> ours. */
  const campaigns = new Map<string, string>()
  return {
    ...{ db, store, sandbox, subjects, campaigns },
    /** How many of them a platform has. */
    on: (key: PlatformKey) => [...campaigns.values()].filter((id) => id.startsWith(`${key}-`)).length,
    /** Until there are so many over all accounts: on the platform, and in Firestore as publishing leaves them. */
    async grow(to: number): Promise<void> {
      const writer = db.bulkWriter({ throttling: false })
      for (let n = campaigns.size; n < to; n++) {
        const key = PLATFORMS[n % PLATFORMS.length] ?? 'meta'
        const tree = trees.get(key)
        const subject = subjects.find((each) => each.key === key)
        if (!tree || !subject) throw new Error(`There is no account on ${key}`)
        const external = tree.plant(sandbox, n)
        const id = `${key}-${n}`
        const { campaign } = briefFor(subject, { campaign: { id, ref: `CMP-${10_000 + n}`, status: 'ACTIVE' } })
        const link = externalLinkId(key, external)
        void writer.set(db.doc(`orgs/${ORG}/campaigns/${id}`), campaign)
        void writer.set(db.doc(`orgs/${ORG}/externals/${link}`), { id: link, campaignId: id, schemaVersion: 1 })
        campaigns.set(external, id)
      }
      await writer.close()
    },
    /** One whole sync of every account, by the tasks it asks for. */
    async sync(): Promise<void> {
      for (const { connection } of subjects)
        await startSync(ports, ORG, CAUSE, { ...connection, secret: connection.platform })
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        // Reports are made in real time: the virtual clock stands still, so that all figures are of one moment.
        await sleep(5)
        const how = { org: ORG, correlationId: 'x', lastAttempt: false }
        const outcome = await syncAccount(ports, { ...SyncPayload.parse(task.payload), ...how })
        if (outcome !== 'done') throw new Error(`${task.name} ended as ${outcome}`)
      }
      const states = await store.list(ORG, 'syncs', { limit: 10 })
      for (const { id, state, lastError } of states.items)
        if (state !== 'idle') throw new Error(`${id} is ${state}: ${lastError}`)
    },
    stop: () => sandbox.stop(),
  }
}
export type ManyCampaigns = Awaited<ReturnType<typeof manyCampaigns>>

/** A campaign that was made as the product makes it, from which others are grown: the same objects under names and ids of their own. */
async function treeOf(sandbox: SandboxWorld, subject: Subject) {
  const made = await publish(await subject.open(), briefFor(subject))
  const ids = new Set<string>()
  const grown = sandbox.events().filter((event) => {
    if (event.type === 'created' && event.thing.account === subject.connection.accountId) ids.add(event.thing.id)
    const id = event.type === 'created' ? event.thing.id : 'id' in event ? event.id : ''
    return ids.has(id)
  })
  const order = [...ids]
  const text = JSON.stringify(grown)
  const parts = text.split(new RegExp(`(${ID.source}|CMP-0001)`))
  return {
    /** Puts the nth copy into the account; answers its campaign's id there. */
    plant(into: Pick<SandboxWorld, 'record'>, n: number): string {
      const copied = (id: string): string => {
        const at = order.indexOf(id)
        return at < 0 ? id : String(FIRST_COPY + BigInt(n * 100 + at))
      }
      const events = JSON.parse(
        parts
          .map((part, i) => (i % 2 === 0 ? part : part === 'CMP-0001' ? `CMP-${10_000 + n}` : copied(part)))
          .join(''),
      ) as WorldEvent[]
      for (const event of events) into.record(event)
      return copied(made.campaign ?? '')
    },
  }
}
