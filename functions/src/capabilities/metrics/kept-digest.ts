import { DIGEST_SHARDS, joinDigest, type SyncDigest, splitDigest } from '#domain/sync-digest.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

export interface KeptDigest {
  digest: SyncDigest
  /** Writes the shards that have changed. They are written after the figures they speak of: a death in between only repeats work. */
  save(cause: Cause): Promise<void>
}

/** What the last sync of an account wrote. */
export async function openDigest({ store }: Pick<Ports, 'store'>, org: string, account: string): Promise<KeptDigest> {
  const ids = Array.from({ length: DIGEST_SHARDS }, (_, n) => `${account}_${n}`)
  const stored = (await store.getAll(org, 'syncDigests', ids)).map((shard) => shard?.text)
  const digest = joinDigest(stored)
  const empty = splitDigest(joinDigest([]))
  return {
    digest,
    async save(cause) {
      for (const [n, text] of splitDigest(digest).entries()) {
        const id = ids[n]
        if (!id || text === (stored[n] ?? empty[n])) continue
        // Each by itself: all of them together could be more than one request may carry.
        await store.transact(org, cause, async (tx) => tx.put('syncDigests', { id, text }))
        stored[n] = text
      }
    },
  }
}
