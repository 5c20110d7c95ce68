import { DIGEST_SHARDS, joinDigest, type SyncDigest, splitDigest } from '#domain/sync-digest.ts'
import type { Ports } from '#functions/ports/index.ts'
import { type Hold, underHold } from './hold.ts'

export interface KeptDigest {
  digest: SyncDigest
  /**
   * Writes the shards that have changed. What is about to be written is saved as UNKNOWN before, and as what it became after: a death in
   * between only repeats work.
   */
  save(): Promise<void>
}

/** Equal to nothing: figures of this mark are written by the next sync, whatever it finds. */
export const UNKNOWN = ''

/** What the last sync of an account wrote. */
export async function openDigest(ports: Pick<Ports, 'store'>, hold: Hold): Promise<KeptDigest> {
  const ids = Array.from({ length: DIGEST_SHARDS }, (_, n) => `${hold.syncId}_${n}`)
  const stored = (await ports.store.getAll(hold.org, 'syncDigests', ids)).map((shard) => shard?.text)
  const digest = joinDigest(stored)
  const empty = splitDigest(joinDigest([]))
  return {
    digest,
    async save() {
      for (const [n, text] of splitDigest(digest).entries()) {
        const id = ids[n]
        if (!id || text === (stored[n] ?? empty[n])) continue
        // Each by itself: all of them together could be more than one request may carry.
        await underHold(ports, hold, async (tx) => tx.put('syncDigests', { id, text }))
        stored[n] = text
      }
    },
  }
}
