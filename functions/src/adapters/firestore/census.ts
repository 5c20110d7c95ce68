import type { Firestore } from '@google-cloud/firestore'
import type { Kind } from '#domain/documents.ts'
import { Org } from '#domain/org.ts'
import type { Census, Field } from '#functions/ports/store.ts'
import { parse } from './paths.ts'

const orgOf = (path: string): string => path.split('/')[1] ?? ''

export function firestoreCensus(db: Firestore): Census {
  return {
    async orgs() {
      const found = await db.collection('orgs').get()
      return found.docs.map((doc) => {
        const { id, timeZone, currency } = Org.parse(doc.data())
        return { id, timeZone, currency }
      })
    },

    async due<K extends Kind>(kind: K, field: Field<K>, until: string, limit: number) {
      const found = await db.collectionGroup(kind).where(field, '<=', until).orderBy(field).limit(limit).get()
      return found.docs.map((doc) => ({ org: orgOf(doc.ref.path), document: parse(kind, doc.data(), doc.ref.path) }))
    },

    async all<K extends Kind>(kind: K, limit: number) {
      const found = await db.collectionGroup(kind).limit(limit).get()
      return found.docs.map((doc) => ({ org: orgOf(doc.ref.path), document: parse(kind, doc.data(), doc.ref.path) }))
    },

    async find<K extends Kind>(kind: K, id: string) {
      const found = await db.collectionGroup(kind).where('id', '==', id).limit(2).get()
      const [doc] = found.docs
      if (!doc || found.size > 1) return undefined
      return { org: orgOf(doc.ref.path), document: parse(kind, doc.data(), doc.ref.path) }
    },
  }
}
