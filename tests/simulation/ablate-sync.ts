import type { SyncState } from '#domain/machinery.ts'
import { add, type DayRow, type MetricsMonth } from '#domain/metrics.ts'
import type { Store, Transaction } from '#functions/ports/store.ts'
import type { FaultPlan } from './worker.ts'

type Days = Record<string, DayRow>

/** What is reported of a day is added to what is stored of it. */
export function adding(tx: Transaction): Partial<Transaction> {
  const stored = new Map<string, Days>()
  return {
    async getAll(kind, ids) {
      const found = await tx.getAll(kind, ids)
      if (kind === 'metrics')
        for (const [i, document] of found.entries())
          stored.set(ids[i] ?? '', (document as MetricsMonth | undefined)?.days ?? {})
      return found
    },
    put(kind, document) {
      const { id, days } = document as unknown as { id: string; days: Days }
      tx.put(kind, kind === 'metrics' ? { ...document, days: sums(stored.get(id) ?? {}, days) } : document)
    },
  }
}

const sums = (before: Days, fresh: Days): Days =>
  Object.fromEntries(
    Object.entries(fresh).map(([day, row]) => [
      day,
      before[day] ? { ...add(before[day], row), reach: row.reach } : row,
    ]),
  )

/** Three of the first syncs stand still before a write, until another worker has done it and a later sync is over. */
export function syncsStandStill(): FaultPlan {
  let commits = 0
  return {
    at: (call, worker) =>
      worker === 'sync' && call === 'firestore.commit' && ++commits <= 9 && commits % 3 === 0
        ? 'stall-before'
        : undefined,
    stallMs: () => 400_000,
  }
}

/** The sync is this worker's for as long as it likes, whoever has claimed it since. */
export function unheld(of: Store): Store {
  let mine: SyncState | undefined
  const held = <T>(kind: string, document: T): T =>
    kind === 'syncs' && document && mine ? { ...document, ...mine } : document
  return {
    ...of,
    async get(org, kind, id) {
      const document = await of.get(org, kind, id)
      if (kind === 'syncs' && document) mine = document as unknown as SyncState
      return document
    },
    transact: (org, cause, work, crowded) =>
      of.transact(
        org,
        cause,
        (tx) =>
          work({
            ...tx,
            get: async (kind, id) => held(kind, await tx.get(kind, id)),
            put(kind, document) {
              if (kind === 'syncs' && mine) mine = { ...mine, ...document }
              tx.put(kind, document)
            },
          }),
        crowded,
      ),
  }
}
