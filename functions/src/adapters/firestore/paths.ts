import type { CollectionReference, DocumentReference, Firestore } from '@google-cloud/firestore'
import { COLLECTIONS, type Document, documentPath, type Kind, NESTED } from '#domain/documents.ts'

export const reference = (db: Firestore, org: string, kind: Kind, id: string): DocumentReference =>
  db.doc(`orgs/${org}/${documentPath(kind, id)}`)

/** Nested kinds are listed over all parents of the organisation by the sweeper only; here they have no collection. */
export function collection(db: Firestore, org: string, kind: Kind): CollectionReference {
  if (kind in NESTED) throw new Error(`${kind} lie below ${NESTED[kind as keyof typeof NESTED]}: read them by id`)
  return db.collection(`orgs/${org}/${kind}`)
}

/** Parsed on the way in as well: a document that does not fit its schema is a fault to see at once, not later. */
export function parse<K extends Kind>(kind: K, data: unknown, path: string): Document<K> {
  const result = COLLECTIONS[kind].safeParse(data)
  if (result.success) return result.data as Document<K>
  const where = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new Error(`${path} does not fit the schema of ${kind}: ${where}`)
}
