import { randomUUID } from 'node:crypto'
import { Firestore } from '@google-cloud/firestore'
import type { DomainEvent } from '#domain/event.ts'
import type { FeedFormat } from '#domain/feed.ts'
import type { Job } from '#domain/job.ts'
import { publicFetcher } from '#functions/adapters/fetch/fetcher.ts'
import { firestoreCensus } from '#functions/adapters/firestore/census.ts'
import { firestoreStore } from '#functions/adapters/firestore/store.ts'
import type { Intake } from '#functions/capabilities/feeds/intake.ts'
import { ingestRecords } from '#functions/capabilities/jobs/ingest-records.ts'
import { intakeInto } from '#functions/entry/routes/feed-needs.ts'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { readPushed } from '#functions/lib/intake/read.ts'
import type { Clock } from '#functions/ports/index.ts'
import { freshProject } from '#tests/support/fresh-project.ts'
import { memorySecrets } from '#tests/support/world.ts'

export const ZONE = 'America/Bogota'

/** An organisation of its own on the emulator, with a clock that the test moves. */
export async function world() {
  const project = freshProject()
  const db = new Firestore({ projectId: project, ignoreUndefinedProperties: true })
  const org = `org_${randomUUID().slice(0, 8)}`
  const at = '2026-11-20T15:00:00.000Z'
  let now = Date.parse(at)
  const clock: Clock = { now: () => new Date(now) }
  const published: DomainEvent[] = []
  const events = { publish: async (more: readonly DomainEvent[]) => void published.push(...more) }
  const store = firestoreStore(db, clock, events)
  const census = firestoreCensus(db)
  await db.doc(`orgs/${org}`).set({
    ...{ id: org, schemaVersion: 1, version: 0, auditHash: '', createdAt: at, updatedAt: at },
    ...{ name: 'Test', locale: 'es', currency: 'COP', timeZone: ZONE, dailyCap: null },
  })
  const cause = { actor: { kind: 'api-key' as const, id: 'test' }, correlationId: 'test-correlation' }

  const secrets = memorySecrets()
  const local = { clockFile: '', jwksUrl: '', tasksHost: '', schedulerHost: '', secretsHost: '', metadataHost: '' }
  const fetcher = publicFetcher({ local })
  const intake = intakeInto(store, clock) as Intake

  /** Pushes a body as the function does; objects and lists are sent as JSON. */
  const push = async (body: unknown, options: { source?: string; format?: FeedFormat } = {}) => {
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const read = readPushed(bytes, { format: options.format }, mappingContext(clock.now().toISOString(), 'COP'))
    const into = { org, source: options.source ?? 'push', cause, zone: ZONE, listing: read.format !== 'native' }
    const { result } = await ingestRecords({ store, clock }, into, read.items)
    return { ...result, format: read.format }
  }
  const jobs = async (): Promise<Job[]> => (await store.list(org, 'jobs', { limit: 500 })).items
  const job = async (externalId: string): Promise<Job> => {
    const found = (await jobs()).find((each) => each.externalId === externalId)
    if (!found) throw new Error(`no job ${externalId}`)
    return found
  }
  return {
    ...{ project, db, org, store, census, clock, events, published, cause, push, jobs, job, secrets, fetcher, intake },
    advance: (ms: number) => {
      now += ms
    },
    close: () => db.terminate(),
  }
}

export type World = Awaited<ReturnType<typeof world>>

export const sumOf = (result: Record<string, unknown>): number =>
  ['created', 'updated', 'unchanged', 'closed', 'stale', 'merged', 'rejected'].reduce(
    (sum, outcome) => sum + Number(result[outcome]),
    0,
  )
