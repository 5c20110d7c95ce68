import type { Actor } from '#domain/actor.ts'
import type { AuditedKind, Document, Kind, MachineryKind } from '#domain/documents.ts'
import type { Draft, Kept } from '#domain/entity.ts'
import type { EventType } from '#domain/event.ts'
import type { ReferredKind } from '#domain/ids.ts'
import type { Org } from '#domain/org.ts'

export type Field<K extends Kind> = keyof Document<K> & string

export interface Query<K extends Kind> {
  /** Equality, or `in` for an array value. Range filters go through `after`. */
  where?: { [F in Field<K>]?: Document<K>[F] | readonly Document<K>[F][] }
  orderBy?: readonly [field: Field<K>, direction: 'asc' | 'desc']
  /** At most 500. */
  limit: number
  /** Opaque, from the page before. */
  cursor?: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}

/** Why a change is made; becomes the audit entry. */
export interface Change {
  action: string
  why?: string
}

export interface Cause {
  actor: Actor
  correlationId: string
  /** Names the request, and is the same when it is sent again: see `newId`. Absent = it cannot be told from another. */
  requestKey?: string
}

/**
 * Writes are sent when `work` has returned: a read never sees a write of its own transaction. `work` may run several times: it has no
 * effect outside the transaction.
 */
export interface Transaction {
  /** Virtual now of this attempt, ISO 8601. */
  readonly now: string
  get<K extends Kind>(kind: K, id: string): Promise<Document<K> | undefined>
  getAll<K extends Kind>(kind: K, ids: readonly string[]): Promise<(Document<K> | undefined)[]>
  find<K extends Kind>(kind: K, query: Query<K>): Promise<Document<K>[]>
  /** The organisation itself. Throws `not_found`. */
  organisation(): Promise<Org>
  /** True while neither the installation's nor the organisation's kill switch is on; what is missing or unreadable is stopped. */
  running(): Promise<boolean>
  /** The database's own clock (real time) as of the newest read: the only clock leases are compared with. */
  databaseNow(): Date
  /** Writes an entity with its audit entry; `before` undefined = it must not exist yet (`conflict` if it does). */
  record<K extends AuditedKind>(
    kind: K,
    next: Draft<Document<K>>,
    before: Document<K> | undefined,
    change: Change,
  ): Document<K>
  /** Writes the organisation itself, with its audit entry. */
  recordOrganisation(next: Org, before: Org, change: Change): Org
  /** Updates named fields of an entity that are measured, not decided (totals, health): no version, no audit entry. */
  measure<K extends AuditedKind>(kind: K, id: string, fields: Partial<Omit<Document<K>, Kept | 'id'>>): void
  put<K extends MachineryKind>(kind: K, document: Omit<Document<K>, 'schemaVersion'>): void
  /** Like put, but the document must not exist: `conflict` otherwise. */
  create<K extends MachineryKind>(kind: K, document: Omit<Document<K>, 'schemaVersion'>): void
  remove(kind: MachineryKind, id: string): void
  /** Puts the event into the outbox; it is published after the commit. */
  emit(type: EventType, subjects: readonly string[]): void
  /** True the first time a consumer sees an event; the mark commits with the effect. */
  once(consumer: string, eventId: string): Promise<boolean>
}

/** Documents as they all were at one moment. */
export type Snapshot = Pick<Transaction, 'get' | 'getAll'>

export interface Store {
  /** The organisation itself: its zone, currency and language. Throws `not_found`. */
  organisation(org: string): Promise<Org>
  get<K extends Kind>(org: string, kind: K, id: string): Promise<Document<K> | undefined>
  getAll<K extends Kind>(org: string, kind: K, ids: readonly string[]): Promise<(Document<K> | undefined)[]>
  list<K extends Kind>(org: string, kind: K, query: Query<K>): Promise<Page<Document<K>>>
  /** By id or ref, as every verb takes them. Throws `not_found`. */
  find<K extends ReferredKind>(org: string, kind: K, idOrRef: string): Promise<Document<K>>
  /**
   * Entity + audit + outbox in one commit; publishes the events after it. `work` may run several times. `crowded` names a document that
   * many read and then write: this process's transactions on it take turns, because the database would make them lock each other out.
   * Throws `unavailable` where others were faster every time.
   */
  transact<T>(org: string, cause: Cause, work: (tx: Transaction) => Promise<T>, crowded?: string): Promise<T>
  /** Reads of one moment, however many there are; nothing is locked and nothing written. `work` may run several times. */
  look<T>(org: string, work: (at: Snapshot) => Promise<T>): Promise<T>
  /** Reserves `n` refs of a kind as one block. */
  reserveRefs(org: string, kind: ReferredKind, n: number): Promise<string[]>
}

/** Queries over all organisations; for the sweeper and the ticks alone. */
export interface Census {
  orgs(): Promise<{ id: string; timeZone: string; currency: string }[]>
  /** Documents of a kind whose `field` (ISO instant) is at or before `until`, oldest first. */
  due<K extends Kind>(
    kind: K,
    field: Field<K>,
    until: string,
    limit: number,
  ): Promise<{ org: string; document: Document<K> }[]>
  all<K extends Kind>(kind: K, limit: number): Promise<{ org: string; document: Document<K> }[]>
  /** The one document of that id, whose organisation the asker does not know: a webhook names its feed alone. */
  find<K extends Kind>(kind: K, id: string): Promise<{ org: string; document: Document<K> } | undefined>
}
