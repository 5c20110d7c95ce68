import { FieldPath, type Firestore, type Query as FirestoreQuery } from '@google-cloud/firestore'
import type { Kind } from '#domain/documents.ts'
import { DomainError } from '#domain/errors.ts'
import type { Query } from '#functions/ports/store.ts'
import { collection } from './paths.ts'

const encode = (position: unknown[]): string => Buffer.from(JSON.stringify(position)).toString('base64url')

function decode(cursor: string): unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(position)) return position
  } catch {
    // falls through to the refusal below
  }
  throw new DomainError('invalid', 'The cursor is not one that this API gave', {
    remedy: 'Begin again without cursor.',
  })
}

export function toFirestore<K extends Kind>(db: Firestore, org: string, kind: K, query: Query<K>): FirestoreQuery {
  let result: FirestoreQuery = collection(db, org, kind)
  for (const [field, value] of Object.entries(query.where ?? {}))
    result = Array.isArray(value) ? result.where(field, 'in', value) : result.where(field, '==', value)
  if (query.orderBy) result = result.orderBy(query.orderBy[0], query.orderBy[1])
  result = result.orderBy(FieldPath.documentId(), query.orderBy?.[1] ?? 'asc')
  if (query.cursor) result = result.startAfter(...decode(query.cursor))
  return result.limit(Math.min(query.limit, 500))
}

/** Where the page after `last` begins. */
export const cursorAfter = <K extends Kind>(query: Query<K>, last: Record<string, unknown>, id: string): string =>
  encode(query.orderBy ? [last[query.orderBy[0]], id] : [id])
