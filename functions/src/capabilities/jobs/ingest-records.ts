import type { IntakeItem } from '#domain/ingest/item.ts'
import { type Entries, type Entry, readEntries, shardOf } from '#domain/ingest/manifest.ts'
import {
  count,
  emptyResult,
  type IngestResult,
  LISTED_JOBS,
  LISTED_PROBLEMS,
  type Outcome,
} from '#domain/ingest/result.ts'
import type { Job } from '#domain/job.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Page } from '#functions/ports/store.ts'
import { commitBatch, type Destination, judge, sameEntry, type Verdict } from './commit-batch.ts'
import { jobIdOf, openingKey } from './keys.ts'
import { inParallel, lanesOf } from './lanes.ts'
import { closeMoves, type Move, postingMove, type When } from './moves.ts'

/** Records looked at together, so that those of one manifest shard can be committed together. */
const WINDOW_RECORDS = 2000
const WINDOW_BYTES = 4 * 1024 * 1024
const GROUP_PAGE = 200

export interface IngestInto {
  org: string
  /** A feed's id, `push` or `manual`. */
  source: string
  cause: Cause
  /** The organisation's IANA zone, in which closing dates end. */
  zone: string
  /** The input lists openings, each once: the second mention of one is a repetition, not news. */
  listing: boolean
}

export interface Ingested {
  result: IngestResult
  /** Keys of every opening that the input mentioned, rejected ones included. */
  mentioned: Set<string>
  /** Records that nobody can tell which opening they are about: what is not in `seen` may be among them. */
  unidentified: number
  /** The manifest's shards as far as they were read, as they are now. */
  shards: Map<number, Entries>
}

/** What one request learns and keeps: the manifest's shards as far as they were read. */
interface Session {
  to: Destination
  listing: boolean
  shards: Map<number, Entries>
  /** Openings taken so far; of those that were rejected, the keys. */
  seen: Set<string>
  refused: Set<string>
  unidentified: number
  result: IngestResult
}

/**
 * Takes records into the organisation's jobs. Idempotent: what the manifest knows already costs no read of its job and no write.
 * Writes in batches, each in one transaction with audit, manifest and events; a crash in between loses nothing that was answered,
 * and sending all of it again is harmless.
 */
export async function ingestRecords(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  into: IngestInto,
  items: Iterable<IntakeItem> | AsyncIterable<IntakeItem>,
): Promise<Ingested> {
  const { org, source, cause, zone } = into
  const session: Session = {
    to: { org, source, cause, zone },
    listing: into.listing,
    shards: new Map(),
    seen: new Set(),
    refused: new Set(),
    unidentified: 0,
    result: emptyResult(),
  }
  let window: IntakeItem[] = []
  let bytes = 0
  const flush = async (): Promise<void> => {
    await takeWindow(store, session, window, { now: clock.now().toISOString(), zone })
    window = []
    bytes = 0
  }
  for await (const item of items) {
    window.push(item)
    bytes += item.bytes
    if (window.length >= WINDOW_RECORDS || bytes >= WINDOW_BYTES) await flush()
  }
  await flush()
  const { result, seen, refused, unidentified, shards } = session
  return { result, mentioned: new Set([...seen, ...refused]), unidentified, shards }
}

type Store = Ports['store']

async function takeWindow(store: Store, session: Session, window: IntakeItem[], when: When): Promise<void> {
  const moves = await movesOf(store, session, window, when)
  await loadShards(store, session, moves)
  const { settled, waiting } = triage(session, moves, Date.parse(when.now))
  const fresh = freshKeys(session, waiting)
  const refs = fresh.size > 0 ? await store.reserveRefs(session.to.org, 'jobs', fresh.size) : []
  const lanes = lanesOf(waiting).map((batches) => {
    const named = batches.map((moves) => ({ moves, refs: refs.splice(0, takeFresh(fresh, moves)) }))
    return () => commitLane(store, session, named)
  })
  const verdicts = [...settled, ...(await inParallel(lanes))]
  report(session.result, window, verdicts)
}

async function movesOf(store: Store, session: Session, window: IntakeItem[], when: When): Promise<Move[]> {
  const { source, org } = session.to
  const moves: Move[] = []
  for (const [position, item] of window.entries()) {
    const { mapped } = item
    if (mapped.kind === 'rejected') {
      reject(session.result, item)
      if (mapped.externalId === undefined) session.unidentified++
      else session.refused.add(openingKey(source, mapped.externalId))
    } else count(session.result, 'merged', item.merged)
    if (mapped.kind === 'posting') {
      const move = postingMove(source, item, mapped, position, when)
      if (session.listing && session.seen.has(move.key)) count(session.result, 'merged')
      else moves.push(move)
      session.seen.add(move.key)
    } else if (mapped.kind === 'close') {
      const { target } = mapped
      const members = 'group' in target ? await membersOf(store, org, source, target.group) : []
      moves.push(...closeMoves(source, item, mapped, position, members))
    }
  }
  return moves
}

async function membersOf(store: Store, org: string, source: string, group: string): Promise<Job[]> {
  const members: Job[] = []
  let cursor: string | null = null
  do {
    const where = { source, group }
    const page: Page<Job> = await store.list(org, 'jobs', { where, limit: GROUP_PAGE, ...(cursor && { cursor }) })
    members.push(...page.items)
    cursor = page.next
  } while (cursor)
  return members
}

function reject(result: IngestResult, { mapped, index, at, merged }: IntakeItem): void {
  if (mapped.kind !== 'rejected') return
  count(result, 'rejected', merged + 1)
  const [first, ...others] = mapped.problems
  if (!first || result.problems.length >= LISTED_PROBLEMS) return
  const also = others.slice(0, 9).map((problem) => `${problem.at} ${problem.message}`)
  const place = first.at && !at.startsWith('/') && at ? `${at}, ${first.at}` : `${at}${first.at}`
  result.problems.push({
    index,
    at: place || '/',
    message: [first.message, ...also].join('; '),
    remedy: first.remedy ?? 'Mend the record and send it again.',
  })
}

async function loadShards(store: Store, { to, shards }: Session, moves: readonly Move[]): Promise<void> {
  const groups = moves.flatMap(({ group }) => (group ? [shardOf(group)] : []))
  const missing = [...new Set([...moves.map(({ shard }) => shard), ...groups])].filter((n) => !shards.has(n))
  const found = await store.getAll(
    to.org,
    'manifests',
    missing.map((n) => `${to.source}/${n}`),
  )
  for (const [i, n] of missing.entries()) shards.set(n, readEntries(found[i]?.entries))
}

/** Settles what changes nothing; every move on an opening that changes waits for its transaction, in the order of the input. */
function triage(session: Session, moves: readonly Move[], received: number): { settled: Verdict[]; waiting: Move[] } {
  const trial = new Map<string, Entry>()
  const lookup = (shard: number, key: string) => trial.get(key) ?? session.shards.get(shard)?.get(key)
  const changing = new Set<string>()
  const verdicts = moves.map((move) => {
    const known = lookup(move.shard, move.key)
    const verdict = judge(lookup, move, received, () => '')
    if (!sameEntry(known, verdict.entry)) changing.add(move.key)
    trial.set(move.key, verdict.entry)
    return verdict
  })
  return {
    settled: verdicts.filter(({ move }) => !changing.has(move.key)),
    waiting: moves.filter((move) => changing.has(move.key)),
  }
}

/** Openings that the manifest does not know: each needs a ref. */
const freshKeys = ({ shards }: Session, moves: readonly Move[]): Set<string> =>
  new Set(moves.filter((m) => !m.mark && !shards.get(m.shard)?.has(m.key)).map((m) => m.key))

/** How many of the fresh ones are first met in this batch. */
function takeFresh(fresh: Set<string>, moves: readonly Move[]): number {
  return moves.filter(({ key }) => fresh.delete(key)).length
}

interface Named {
  moves: Move[]
  refs: string[]
}

async function commitLane(store: Store, session: Session, batches: readonly Named[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const { moves, refs } of batches) {
    const committed = await commitBatch(store, session.to, moves, refs)
    verdicts.push(...committed.verdicts)
    for (const [shard, entries] of committed.shards) session.shards.set(shard, entries)
  }
  return verdicts
}

/** What a record that closes several openings came to: the most that it did to one of them. */
const RANK: readonly Outcome[] = ['closed', 'created', 'updated', 'stale', 'unchanged']

function report(result: IngestResult, window: readonly IntakeItem[], verdicts: readonly Verdict[]): void {
  const byPosition = Map.groupBy(verdicts, ({ move }) => move.position)
  for (const position of window.keys()) {
    const all = byPosition.get(position)
    if (!all) continue
    const about = all.some(({ move }) => !move.mark) ? all.filter(({ move }) => !move.mark) : all
    const outcome = RANK.find((each) => about.some((verdict) => verdict.outcome === each)) ?? 'unchanged'
    count(result, outcome)
    for (const { move, entry, outcome: own } of about) {
      if (move.mark || result.jobs.length >= LISTED_JOBS) continue
      const status = entry.state === 'open' ? 'open' : 'closed'
      result.jobs.push({ externalId: move.externalId, id: jobIdOf(move.key), ref: entry.ref, status, outcome: own })
    }
  }
}
