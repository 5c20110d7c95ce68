import { system } from '#domain/actor.ts'
import { readEntries, shardOf } from '#domain/ingest/manifest.ts'
import type { Job } from '#domain/job.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { putShard } from './commit-batch.ts'
import { keyOf } from './keys.ts'

const MOST = 500
const PER_COMMIT = 100

/** Closes open jobs whose closing date is over; called by the sweeper. Returns how many it closed. */
export async function expireJobs(
  { store, census, clock }: Pick<Ports, 'store' | 'census' | 'clock'>,
  correlationId: string,
): Promise<number> {
  const due = await census.due('jobs', 'expiresAt', clock.now().toISOString(), MOST)
  const cause = { actor: system('expire-jobs'), correlationId }
  let closed = 0
  for (const all of Map.groupBy(due, ({ org, document }) => `${org}/${document.source}`).values()) {
    const [first] = all
    if (!first) continue
    for (let from = 0; from < all.length; from += PER_COMMIT) {
      const ids = all.slice(from, from + PER_COMMIT).map(({ document }) => document.id)
      closed += await expireSome(store, first.org, cause, first.document.source, ids)
    }
  }
  return closed
}

function expireSome(store: Store, org: string, cause: Cause, source: string, ids: string[]): Promise<number> {
  return store.transact(org, cause, async (tx) => {
    const found = await tx.getAll('jobs', ids)
    const over = found.filter((job): job is Job => job?.status === 'open' && (job.expiresAt ?? '~') <= tx.now)
    const numbers = [...new Set(over.map((job) => shardOf(keyOf(job.id))))]
    const manifests = await tx.getAll(
      'manifests',
      numbers.map((n) => `${source}/${n}`),
    )
    const shards = new Map(numbers.map((n, i) => [n, readEntries(manifests[i]?.entries)]))
    for (const job of over) {
      const entries = shards.get(shardOf(keyOf(job.id)))
      const entry = entries?.get(keyOf(job.id))
      if (entry) entries?.set(keyOf(job.id), { ...entry, state: 'expired' })
      const next = { ...job, status: 'closed' as const, closedReason: 'expired' as const, closedAt: tx.now }
      const action = { action: 'job.closed', why: `expired: the last day to apply was ${job.closesOn}` }
      tx.record('jobs', { ...next, expiresAt: null, correlationId: cause.correlationId }, job, action)
    }
    for (const [n, entries] of shards) putShard(tx, source, n, entries)
    if (over.length === 0) return 0
    const subjects = over.map((job) => job.id)
    tx.emit('jobs.changed', subjects)
    tx.emit('job.closed', subjects)
    return over.length
  })
}
