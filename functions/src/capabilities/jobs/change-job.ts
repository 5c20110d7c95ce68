import type { Draft } from '#domain/entity.ts'
import { notFound } from '#domain/errors.ts'
import { type Entry, readEntries, shardOf } from '#domain/ingest/manifest.ts'
import type { Job } from '#domain/job.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { putShard, sameEntry } from './commit-batch.ts'
import { keyOf } from './keys.ts'

/** What a person's or a rule's change comes to; `job` undefined = the job stays as it is. */
export interface Change {
  entry: Entry
  job?: Draft<Job>
  action: string
  why?: string
}

/**
 * Changes one job together with its line in the source's manifest, in one transaction: the next push of the unchanged record finds
 * itself known. Returns the job as it is then. Throws `not_found`.
 */
export async function changeJob(
  store: Store,
  org: string,
  cause: Cause,
  name: string,
  decide: (job: Job, entry: Entry, now: string) => Change | undefined,
): Promise<Job> {
  const { id, source } = await store.find(org, 'jobs', name)
  const key = keyOf(id)
  const shard = shardOf(key)
  return store.transact(org, cause, async (tx) => {
    const [manifest] = await tx.getAll('manifests', [`${source}/${shard}`])
    const job = await tx.get('jobs', id)
    if (!job) throw notFound('job', name)
    const entries = readEntries(manifest?.entries)
    const entry = entries.get(key) ?? entryOf(job)
    const change = decide(job, entry, tx.now)
    if (!change) return job
    if (!sameEntry(entries.get(key), change.entry)) putShard(tx, source, shard, entries.set(key, change.entry))
    if (!change.job) return job
    const after = tx.record('jobs', change.job, job, { action: change.action, ...(change.why && { why: change.why }) })
    tx.emit('jobs.changed', [id])
    if (job.status !== after.status) tx.emit(after.status === 'open' ? 'job.opened' : 'job.closed', [id])
    return after
  })
}

/** A job whose manifest was lost: what the job itself tells. */
const entryOf = (job: Job): Entry => ({
  hash: job.rawHash.slice(0, 20),
  stamp: job.sourceStamp ? Date.parse(job.sourceStamp) : 0,
  state: job.status === 'open' ? 'open' : job.closedReason === 'filled' ? 'filled' : 'source',
  since: job.closedAt ? Date.parse(job.closedAt) : 0,
  ref: job.ref,
  misses: 0,
})
