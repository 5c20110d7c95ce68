import type { Firestore } from '@google-cloud/firestore'
import type { Kind } from '#domain/documents.ts'
import { SCHEMA_VERSION } from '#domain/entity.ts'
import { notFound } from '#domain/errors.ts'
import type { DomainEvent } from '#domain/event.ts'
import { formatRef, Id, isRef, type ReferredKind } from '#domain/ids.ts'
import { Org } from '#domain/org.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { Clock, Events } from '#functions/ports/index.ts'
import type { Cause, Query, Store, Transaction } from '#functions/ports/store.ts'
import { parse, reference } from './paths.ts'
import { cursorAfter, toFirestore } from './query.ts'
import { explained, openTransaction } from './transaction.ts'
import { turns } from './turns.ts'

/** Single refs come from a block of this many, so that no creation waits for a counter. */
const REF_BLOCK = 10
const MAX_ATTEMPTS = 12
const SINGULAR = { jobs: 'job', candidates: 'candidate', campaigns: 'campaign', applications: 'application' } as const

/** `realNow` is what the outbox is measured by: it is about our own processes, which the demo's clock does not speed up. */
export function firestoreStore(
  db: Firestore,
  clock: Clock,
  events: Events,
  realNow: () => Date = () => new Date(),
): Store {
  // Promises, so that callers at the same moment share one block instead of opening one each.
  const spare = new Map<string, Promise<string[]>>()
  const inTurn = turns()

  async function relay(org: string, emitted: DomainEvent[]): Promise<void> {
    if (emitted.length === 0) return
    try {
      await events.publish(emitted)
      const batch = db.batch()
      for (const event of emitted) batch.delete(reference(db, org, 'outbox', event.id))
      await batch.commit()
    } catch (error) {
      // The outbox keeps what was not published; the sweeper relays it within two minutes.
      log().warn({ error: loggable(error), events: emitted.length }, 'events stay in the outbox')
    }
  }

  async function reserveBlock(org: string, kind: ReferredKind, n: number): Promise<string[]> {
    const counter = db.doc(`orgs/${org}/counters/${kind}`)
    const first = await db.runTransaction(async (tx) => {
      const next = ((await tx.get(counter)).get('next') as number | undefined) ?? 1
      tx.set(counter, { id: kind, next: next + n, schemaVersion: SCHEMA_VERSION })
      return next
    })
    return Array.from({ length: n }, (_, i) => formatRef(kind, first + i))
  }

  return {
    async organisation(org) {
      const snapshot = await db.doc(`orgs/${org}`).get()
      if (!snapshot.exists) throw notFound('organisation', org)
      return Org.parse(snapshot.data())
    },

    async get<K extends Kind>(org: string, kind: K, id: string) {
      const snapshot = await reference(db, org, kind, id).get()
      return snapshot.exists ? parse(kind, snapshot.data(), snapshot.ref.path) : undefined
    },

    async getAll<K extends Kind>(org: string, kind: K, ids: readonly string[]) {
      if (ids.length === 0) return []
      const snapshots = await db.getAll(...ids.map((id) => reference(db, org, kind, id)))
      return snapshots.map((snapshot) =>
        snapshot.exists ? parse(kind, snapshot.data(), snapshot.ref.path) : undefined,
      )
    },

    async list<K extends Kind>(org: string, kind: K, query: Query<K>) {
      const found = await toFirestore(db, org, kind, query).get()
      const last = found.docs.at(-1)
      return {
        items: found.docs.map((doc) => parse(kind, doc.data(), doc.ref.path)),
        next: last && found.size === query.limit ? cursorAfter(query, last.data(), last.id) : null,
      }
    },

    async find<K extends ReferredKind>(org: string, kind: K, idOrRef: string) {
      const found = isRef(kind, idOrRef)
        ? (await db.collection(`orgs/${org}/${kind}`).where('ref', '==', idOrRef).limit(1).get()).docs[0]
        : Id.safeParse(idOrRef).success
          ? await reference(db, org, kind, idOrRef).get()
          : undefined
      if (!found?.exists) throw notFound(SINGULAR[kind], idOrRef)
      return parse(kind, found.data(), found.ref.path)
    },

    async transact<T>(org: string, cause: Cause, work: (tx: Transaction) => Promise<T>, crowded?: string): Promise<T> {
      let emitted: DomainEvent[] = []
      const commit = () =>
        db.runTransaction(
          async (tx) => {
            const attempt = openTransaction(db, tx, org, cause, clock.now(), realNow)
            const answer = await work(attempt.transaction)
            attempt.flush()
            emitted = attempt.events
            return answer
          },
          { maxAttempts: MAX_ATTEMPTS },
        )
      try {
        const result = await (crowded ? inTurn(`${org}/${crowded}`, commit) : commit())
        await relay(org, emitted)
        return result
      } catch (error) {
        throw explained(error)
      }
    },

    look: (org, work) =>
      db.runTransaction(
        async (tx) => {
          const getAll = async <K extends Kind>(kind: K, ids: readonly string[]) => {
            if (ids.length === 0) return []
            const snapshots = await tx.getAll(...ids.map((id) => reference(db, org, kind, id)))
            return snapshots.map((snapshot) =>
              snapshot.exists ? parse(kind, snapshot.data(), snapshot.ref.path) : undefined,
            )
          }
          return work({ getAll, get: async (kind, id) => (await getAll(kind, [id]))[0] })
        },
        { readOnly: true },
      ),

    async reserveRefs(org, kind, n) {
      if (n > 1) return reserveBlock(org, kind, n)
      const key = `${org}/${kind}`
      const block = (spare.get(key) ?? Promise.resolve([])).then((refs) =>
        refs.length > 0 ? refs : reserveBlock(org, kind, REF_BLOCK),
      )
      spare.set(
        key,
        block.then((refs) => refs.slice(1)).catch(() => []),
      )
      return (await block).slice(0, 1)
    },
  }
}
