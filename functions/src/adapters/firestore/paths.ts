import { type CollectionReference, type DocumentReference, type Firestore, Timestamp } from '@google-cloud/firestore'
import { COLLECTIONS, type Document, documentPath, type Kind, NESTED } from '#domain/documents.ts'

export const reference = (db: Firestore, org: string, kind: Kind, id: string): DocumentReference =>
  db.doc(`orgs/${org}/${documentPath(kind, id)}`)

/** The installation's own switch: above all organisations. */
export const globalSwitch = (db: Firestore): DocumentReference => db.doc('control/global')

/** Nested kinds are listed over all parents of the organisation by the sweeper only; here they have no collection. */
export function collection(db: Firestore, org: string, kind: Kind): CollectionReference {
  if (kind in NESTED) throw new Error(`${kind} lie below ${NESTED[kind as keyof typeof NESTED]}: read them by id`)
  return db.collection(`orgs/${org}/${kind}`)
}

/** Firestore deletes expired documents by themselves only where the field is a Timestamp; everywhere else it is an ISO string. */
const EXPIRING: readonly Kind[] = ['inbox', 'idempotency']

/** A document as it is stored. */
export function toStored<K extends Kind>(kind: K, document: Document<K>): Record<string, unknown> {
  if (!EXPIRING.includes(kind)) return document
  const { expiresAt } = document as { expiresAt: string }
  return { ...document, expiresAt: Timestamp.fromDate(new Date(expiresAt)) }
}

const fromStored = (data: unknown): unknown => {
  const { expiresAt } = (data ?? {}) as { expiresAt?: unknown }
  return expiresAt instanceof Timestamp ? { ...(data as object), expiresAt: expiresAt.toDate().toISOString() } : data
}

/** Parsed on the way in as well: a document that does not fit its schema is a fault to see at once, not later. */
export function parse<K extends Kind>(kind: K, data: unknown, path: string): Document<K> {
  const result = COLLECTIONS[kind].safeParse(fromStored(data))
  if (result.success) return result.data as Document<K>
  const where = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new Error(`${path} does not fit the schema of ${kind}: ${where}`)
}
