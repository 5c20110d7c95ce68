import { DomainError } from '#domain/errors.ts'
import { decide } from '#domain/ingest/decide.ts'
import { type Entries, type Entry, readEntries, shardOf, writeEntries } from '#domain/ingest/manifest.ts'
import type { Outcome } from '#domain/ingest/result.ts'
import type { Job } from '#domain/job.ts'
import type { Cause, Store, Transaction } from '#functions/ports/store.ts'
import { jobAfter } from './job-document.ts'
import { jobIdOf } from './keys.ts'
import type { Move } from './moves.ts'

export interface Destination {
  org: string
  source: string
  cause: Cause
  /** The organisation's IANA zone. */
  zone: string
}

export interface Verdict {
  move: Move
  outcome: Outcome
  entry: Entry
}

/** Firestore's largest document, less what surrounds the entries. */
const MANIFEST_BYTES = 1_000_000

/** One transaction: every opening of the batch, its audit entry, the manifest's shards and the events. */
export async function commitBatch(
  store: Store,
  to: Destination,
  moves: readonly Move[],
  refs: readonly string[],
): Promise<{ verdicts: Verdict[]; shards: Map<number, Entries> }> {
  return store.transact(to.org, to.cause, async (tx) => {
    const shards = await readShards(tx, to.source, moves)
    const before = new Map(moves.map(({ key }) => [key, shards.get(shardOf(key))?.get(key)]))
    const spare = [...refs]
    const lookup: Lookup = (shard, key) => shards.get(shard)?.get(key)
    const verdicts = moves.map((move) => {
      const verdict = judge(lookup, move, Date.parse(tx.now), () => spare.shift())
      shards.get(move.shard)?.set(move.key, verdict.entry)
      return verdict
    })
    const jobs = await readJobs(tx, verdicts, before)
    writeJobs(tx, to, verdicts, before, jobs)
    const touched = new Set(
      verdicts.filter(({ move, entry }) => !sameEntry(before.get(move.key), entry)).map(({ move }) => move.shard),
    )
    for (const shard of touched) putShard(tx, to.source, shard, shards.get(shard) ?? new Map())
    // Shards that were only looked at may be written beside this batch: what it knows of them is soon old.
    const own = new Map(moves.map(({ shard }) => [shard, shards.get(shard) ?? new Map()]))
    return { verdicts, shards: own }
  })
}

export const sameEntry = (a: Entry | undefined, b: Entry): boolean =>
  a !== undefined &&
  a.hash === b.hash &&
  a.stamp === b.stamp &&
  a.state === b.state &&
  a.since === b.since &&
  a.misses === b.misses

async function readShards(tx: Transaction, source: string, moves: readonly Move[]): Promise<Map<number, Entries>> {
  const groups = moves.flatMap(({ group }) => (group ? [shardOf(group)] : []))
  const numbers = [...new Set([...moves.map(({ shard }) => shard), ...groups])]
  const found = await tx.getAll(
    'manifests',
    numbers.map((n) => `${source}/${n}`),
  )
  return new Map(numbers.map((n, i) => [n, readEntries(found[i]?.entries)]))
}

export function putShard(tx: Transaction, source: string, shard: number, entries: Entries): void {
  const text = writeEntries(entries)
  if (text.length > MANIFEST_BYTES)
    throw new DomainError('too_large', `The source ${source} holds more openings than one source can (about 150,000)`, {
      remedy: 'Split it into several feeds.',
    })
  tx.put('manifests', { id: `${source}/${shard}`, entries: text })
}

type Lookup = (shard: number, key: string) => Entry | undefined

/** Decides one move against what `lookup` knows; `nextRef` names an opening that is new. */
export function judge(lookup: Lookup, move: Move, received: number, nextRef: () => string | undefined): Verdict {
  const known = lookup(move.shard, move.key)
  const bar = move.group ? (lookup(shardOf(move.group), move.group)?.since ?? 0) : 0
  const { outcome, entry, takesWords } = decide(known, move.said, received, bar)
  const ref = known?.ref ?? (move.mark ? '' : nextRef())
  if (ref === undefined) throw new DomainError('conflict', 'The source changed meanwhile', { remedy: 'Send it again.' })
  return { move: takesWords ? move : { ...move, words: undefined }, outcome, entry: { ...entry, ref } }
}

const isOpen = (entry: Entry | undefined): boolean => entry?.state === 'open'

/** The last verdict on each opening, with the newest words that were taken. */
function lastPerJob(verdicts: readonly Verdict[]): Map<string, Verdict> {
  const last = new Map<string, Verdict>()
  for (const verdict of verdicts) {
    if (verdict.move.mark) continue
    const words = verdict.move.words ?? last.get(verdict.move.key)?.move.words
    last.set(verdict.move.key, { ...verdict, move: { ...verdict.move, words } })
  }
  return last
}

type Before = Map<string, Entry | undefined>

const changesJob = (verdict: Verdict, before: Before): boolean => {
  const known = before.get(verdict.move.key)
  return known === undefined || verdict.move.words !== undefined || isOpen(known) !== isOpen(verdict.entry)
}

async function readJobs(tx: Transaction, verdicts: readonly Verdict[], before: Before): Promise<Map<string, Job>> {
  const known = [...lastPerJob(verdicts).values()].filter((v) => before.get(v.move.key) && changesJob(v, before))
  const jobs = await tx.getAll(
    'jobs',
    known.map(({ move }) => jobIdOf(move.key)),
  )
  return new Map(jobs.flatMap((job) => (job ? [[job.id, job] as const] : [])))
}

function writeJobs(
  tx: Transaction,
  to: Destination,
  verdicts: readonly Verdict[],
  before: Before,
  jobs: Map<string, Job>,
): void {
  const subjects = { changed: [] as string[], opened: [] as string[], closed: [] as string[] }
  for (const verdict of lastPerJob(verdicts).values()) {
    if (!changesJob(verdict, before)) continue
    const { move, entry } = verdict
    const id = jobIdOf(move.key)
    const known = before.get(move.key)
    const old = jobs.get(id)
    if (known && !old) throw new Error(`The manifest of ${to.source} knows ${id}, which is not there`)
    const next = jobAfter(old, {
      ...{ id, source: to.source, externalId: move.externalId, ref: entry.ref, state: entry.state, words: move.words },
      ...{ now: tx.now, zone: to.zone, correlationId: to.cause.correlationId },
    })
    const opened = isOpen(entry) && !isOpen(known)
    const closed = isOpen(known) && !isOpen(entry)
    const verb = !known ? 'created' : closed ? 'closed' : opened ? 'reopened' : 'updated'
    tx.record('jobs', next, old, { action: `job.${verb}`, ...(next.closedReason && { why: next.closedReason }) })
    subjects.changed.push(id)
    if (opened) subjects.opened.push(id)
    if (closed) subjects.closed.push(id)
  }
  if (subjects.changed.length > 0) tx.emit('jobs.changed', subjects.changed)
  if (subjects.opened.length > 0) tx.emit('job.opened', subjects.opened)
  if (subjects.closed.length > 0) tx.emit('job.closed', subjects.closed)
}
