import type { Firestore } from '@google-cloud/firestore'
import type { FoundKey } from '#functions/lib/api-key.ts'
import { parse } from './paths.ts'

/** A key names no organisation, so that a leaked one tells nothing; hence the collection group. */
export const apiKeyFinder =
  (db: Firestore) =>
  async (keyId: string): Promise<FoundKey | undefined> => {
    const found = await db.collectionGroup('apiKeys').where('id', '==', keyId).limit(1).get()
    const doc = found.docs[0]
    return doc && { org: doc.ref.path.split('/')[1] ?? '', key: parse('apiKeys', doc.data(), doc.ref.path) }
  }
