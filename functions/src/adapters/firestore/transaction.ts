import { randomUUID } from 'node:crypto'
import type { DocumentReference, Firestore, Transaction as FirestoreTransaction } from '@google-cloud/firestore'
import type { AuditedKind, Document, Kind, MachineryKind } from '#domain/documents.ts'
import { type Draft, type Entity, type Kept, SCHEMA_VERSION } from '#domain/entity.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import type { DomainEvent, EventType } from '#domain/event.ts'
import { SWITCH_ID, switchView } from '#domain/kill-switch.ts'
import { Org } from '#domain/org.ts'
import type { Cause, Change, Query, Transaction } from '#functions/ports/store.ts'
import { auditEntry } from './audit.ts'
import { globalSwitch, parse, reference, toStored } from './paths.ts'
import { toFirestore } from './query.ts'

const INBOX_DAYS = 35
const OUTBOX_GRACE_MS = 60_000

const auditOf = (target: DocumentReference, seq: number): DocumentReference =>
  target.collection('audit').doc(String(seq).padStart(8, '0'))

/** One attempt of a transaction; `events` is filled by emit and published by the store after the commit. */
export function openTransaction(
  db: Firestore,
  tx: FirestoreTransaction,
  org: string,
  cause: Cause,
  now: Date,
  realNow: () => Date,
): { transaction: Transaction; events: DomainEvent[]; flush: () => void } {
  const events: DomainEvent[] = []
  // Firestore wants all reads before the first write; verbs read better when they need not care.
  const writes: (() => void)[] = []
  const at = now.toISOString()
  let readAt: Date | undefined
  const organisation = db.doc(`orgs/${org}`)
  const ref = (kind: Kind, id: string) => reference(db, org, kind, id)

  /** The next version of an entity, and the audit entry that makes it so. */
  function audited(next: object, before: Entity | undefined, change: Change) {
    const entry = auditEntry(cause, change, before, next as Record<string, unknown>, at)
    const document = {
      ...next,
      schemaVersion: SCHEMA_VERSION,
      version: entry.seq,
      auditHash: entry.hash,
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    }
    return { document, entry }
  }

  const transaction: Transaction = {
    now: at,

    async get<K extends Kind>(kind: K, id: string) {
      const [document] = await transaction.getAll(kind, [id])
      return document
    },

    async getAll<K extends Kind>(kind: K, ids: readonly string[]) {
      if (ids.length === 0) return []
      const snapshots = await tx.getAll(...ids.map((id) => ref(kind, id)))
      readAt = snapshots[0]?.readTime.toDate()
      return snapshots.map((snapshot) =>
        snapshot.exists ? parse(kind, snapshot.data(), snapshot.ref.path) : undefined,
      )
    },

    async find<K extends Kind>(kind: K, query: Query<K>) {
      const found = await tx.get(toFirestore(db, org, kind, query))
      readAt = found.readTime.toDate()
      return found.docs.map((doc) => parse(kind, doc.data(), doc.ref.path))
    },

    async organisation() {
      const [snapshot] = await tx.getAll(organisation)
      readAt = snapshot?.readTime.toDate()
      if (!snapshot?.exists) throw notFound('organisation', org)
      return Org.parse(snapshot.data())
    },

    async running() {
      const [above, own] = await tx.getAll(globalSwitch(db), ref('control', SWITCH_ID))
      readAt = own?.readTime.toDate()
      return switchView(above?.data(), own?.data()).running
    },

    databaseNow() {
      if (!readAt) throw new Error('The database tells its time with a read: read before asking')
      return readAt
    },

    record<K extends AuditedKind>(
      kind: K,
      next: Draft<Document<K>>,
      before: Document<K> | undefined,
      change: Change,
    ): Document<K> {
      const target = ref(kind, next.id as string)
      const { document, entry } = audited(next, before, change)
      const stored = parse(kind, document, target.path)
      writes.push(() => {
        if (before) tx.set(target, stored)
        else tx.create(target, stored)
        tx.create(auditOf(target, entry.seq), entry)
      })
      return stored
    },

    recordOrganisation(next, before, change) {
      const { document, entry } = audited(next, before, change)
      const stored = Org.parse(document)
      writes.push(() => {
        tx.set(organisation, stored)
        tx.create(auditOf(organisation, entry.seq), entry)
      })
      return stored
    },

    measure<K extends AuditedKind>(kind: K, id: string, fields: Partial<Omit<Document<K>, Kept | 'id'>>) {
      writes.push(() => tx.update(ref(kind, id), fields as Record<string, unknown>))
    },

    put<K extends MachineryKind>(kind: K, document: Omit<Document<K>, 'schemaVersion'>) {
      const target = ref(kind, document.id)
      const stored = parse(kind, { ...document, schemaVersion: SCHEMA_VERSION }, target.path)
      writes.push(() => tx.set(target, toStored(kind, stored)))
    },

    create<K extends MachineryKind>(kind: K, document: Omit<Document<K>, 'schemaVersion'>) {
      const target = ref(kind, document.id)
      const stored = parse(kind, { ...document, schemaVersion: SCHEMA_VERSION }, target.path)
      writes.push(() => tx.create(target, toStored(kind, stored)))
    },

    remove: (kind, id) => {
      writes.push(() => tx.delete(ref(kind, id)))
    },

    emit(type: EventType, subjects: readonly string[]) {
      const event: DomainEvent = {
        id: randomUUID(),
        type,
        org,
        subjects: [...subjects],
        at,
        correlationId: cause.correlationId,
      }
      events.push(event)
      transaction.create('outbox', {
        id: event.id,
        event,
        nextAttemptAt: new Date(realNow().getTime() + OUTBOX_GRACE_MS).toISOString(),
      })
    },

    async once(consumer, eventId) {
      const id = `${consumer}_${eventId}`
      if (await transaction.get('inbox', id)) return false
      transaction.create('inbox', {
        id,
        at,
        expiresAt: new Date(now.getTime() + INBOX_DAYS * 86_400_000).toISOString(),
      })
      return true
    },
  }
  return {
    transaction,
    events,
    flush: () => {
      for (const write of writes) write()
    },
  }
}

const ALREADY_EXISTS = 6
const ABORTED = 10

/** What a transaction that did not commit means to its caller: a create that lost the race, or a crowd that stayed too dense. */
export function explained(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  if (code === ALREADY_EXISTS)
    return new DomainError('conflict', 'It exists already, or somebody changed it meanwhile', {
      remedy: 'Read it again and retry.',
    })
  if (code === ABORTED)
    return new DomainError('unavailable', 'Too many changed this at the same moment', { remedy: 'Try again shortly.' })
  return error
}
