import { DIGEST_SHARDS, joinDigest, type SyncDigest, splitDigest } from '#domain/sync-digest.ts'
import type { Ports } from '#functions/ports/index.ts'
import { type Hold, underHold } from './hold.ts'

export interface KeptDigest {
  digest: SyncDigest
  /** Writes the shards that have changed, after the figures they speak of: a death in between leaves the account torn, and repeats work. */
  save(): Promise<void>
}

/** What the last sync of an account wrote. Of a torn account every figure counts as unknown, so that all are written again. */
export async function openDigest(ports: Pick<Ports, 'store'>, hold: Hold): Promise<KeptDigest> {
  const ids = Array.from({ length: DIGEST_SHARDS }, (_, n) => `${hold.syncId}_${n}`)
  const stored = (await ports.store.getAll(hold.org, 'syncDigests', ids)).map((shard) => shard?.text)
  const digest = joinDigest(stored)
  if (hold.torn) for (const known of [digest.months, digest.reach]) for (const key in known) known[key] = ''
  const empty = splitDigest(joinDigest([]))
  return {
    digest,
    async save() {
      let wrote = hold.torn
      for (const [n, text] of splitDigest(digest).entries()) {
        const id = ids[n]
        if (!id || text === (stored[n] ?? empty[n])) continue
        // Each by itself: all of them together could be more than one request may carry.
        await underHold(ports, hold, async (tx) => tx.put('syncDigests', { id, text }))
        stored[n] = text
        wrote = true
      }
      if (!wrote) return
      await underHold(ports, hold, async (tx, state) => {
        if (state.torn) tx.put('syncs', { ...state, torn: false })
      })
    },
  }
}
