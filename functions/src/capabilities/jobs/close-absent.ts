import { MANIFEST_SHARDS } from '#domain/feed.ts'
import { type Entries, type Entry, readEntries } from '#domain/ingest/manifest.ts'
import type { Job } from '#domain/job.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'
import { type Destination, putShard } from './commit-batch.ts'
import type { Ingested } from './ingest-records.ts'
import { jobIdOf } from './keys.ts'

/** RELIABILITY.md 2.6: one pull may have been cut short, two in a row seldom are; and no run closes more than a fifth. */
const MISSES_TO_CLOSE = 2
const MOST_OF = 0.2
const PER_COMMIT = 100

export interface Absence {
  closed: number
  /** Openings that would have been closed, had they not been too many at once. */
  held: number
}

interface Candidate {
  shard: number
  key: string
  misses: number
}

/**
 * After a pull that read a feed to its end: counts the openings that it no longer lists, and closes those missing for the second time.
 * Never more than a fifth of the open ones in one run, at least one, none at all where the feed listed nothing: then all of them are
 * held, until a person says `confirmed`.
 */
export async function closeAbsent(
  { store }: Pick<Ports, 'store'>,
  to: Destination,
  { mentioned, shards }: Pick<Ingested, 'mentioned' | 'shards'>,
  confirmed: boolean,
): Promise<Absence> {
  const known = await allShards(store, to, shards)
  const open = [...known].flatMap(([shard, entries]) =>
    [...entries].filter(([, entry]) => entry.state === 'open').map(([key, entry]) => ({ shard, key, entry })),
  )
  const absent: Candidate[] = open
    .filter(({ key }) => !mentioned.has(key))
    .map(({ shard, key, entry }) => ({ shard, key, misses: Math.min(entry.misses + 1, MISSES_TO_CLOSE) }))
  const due = absent.filter(({ misses }) => misses >= MISSES_TO_CLOSE)
  const most = mentioned.size === 0 ? 0 : Math.max(1, Math.floor(open.length * MOST_OF))
  const held = !confirmed && due.length > most ? due.length : 0
  let closed = 0
  for (const [shard, missing] of Map.groupBy(absent, (each) => each.shard))
    for (let from = 0; from < missing.length; from += PER_COMMIT)
      closed += await commitAbsent(store, to, shard, missing.slice(from, from + PER_COMMIT), held === 0)
  return { closed, held }
}

async function allShards(store: Store, to: Destination, read: Map<number, Entries>): Promise<Map<number, Entries>> {
  const missing = Array.from({ length: MANIFEST_SHARDS }, (_, n) => n).filter((n) => !read.has(n))
  const found = await store.getAll(
    to.org,
    'manifests',
    missing.map((n) => `${to.source}/${n}`),
  )
  return new Map([...read, ...missing.map((n, i) => [n, readEntries(found[i]?.entries)] as const)])
}

function commitAbsent(
  store: Store,
  to: Destination,
  shard: number,
  missing: readonly Candidate[],
  mayClose: boolean,
): Promise<number> {
  return store.transact(to.org, to.cause, async (tx) => {
    const [manifest] = await tx.getAll('manifests', [`${to.source}/${shard}`])
    const entries = readEntries(manifest?.entries)
    const still = missing.flatMap((each): (Candidate & { entry: Entry })[] => {
      const entry = entries.get(each.key)
      return entry?.state === 'open' ? [{ ...each, entry }] : []
    })
    const closing = mayClose ? still.filter(({ misses }) => misses >= MISSES_TO_CLOSE) : []
    const jobs = await tx.getAll(
      'jobs',
      closing.map(({ key }) => jobIdOf(key)),
    )
    const changed = still.filter(({ entry, misses }) => entry.misses !== misses || closing.length > 0)
    if (changed.length === 0) return 0
    for (const { key, entry, misses } of still) entries.set(key, { ...entry, misses })
    for (const { key, entry } of closing) entries.set(key, { ...entry, state: 'absent', misses: 0 })
    putShard(tx, to.source, shard, entries)
    const open = jobs.filter((job): job is Job => job?.status === 'open')
    for (const job of open)
      tx.record(
        'jobs',
        {
          ...job,
          status: 'closed',
          closedReason: 'closed_by_source',
          closedAt: tx.now,
          expiresAt: null,
          correlationId: to.cause.correlationId,
        },
        job,
        { action: 'job.closed', why: `absent from ${MISSES_TO_CLOSE} complete pulls in a row` },
      )
    const subjects = open.map(({ id }) => id)
    if (subjects.length === 0) return 0
    tx.emit('jobs.changed', subjects)
    tx.emit('job.closed', subjects)
    return subjects.length
  })
}
