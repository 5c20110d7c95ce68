import { LEDGER_ID } from '#domain/ledger.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { CROWDED_LEDGER, standsStill, withoutShares } from './reservation.ts'

const CHUNK = 200

/**
 * Gives back the shares of everything that was stopped and stands still, many in one commit: the drives leave the ledger alone while the
 * kill switch is on, because a thousand writers of one document would hold each other up. Returns how many; done twice, it does nothing more.
 */
export async function releaseHalted({ store }: Pick<Ports, 'store'>, org: string, cause: Cause): Promise<number> {
  const reserved = Object.keys((await store.get(org, 'ledger', LEDGER_ID))?.reserved ?? {})
  let released = 0
  for (let i = 0; i < reserved.length; i += CHUNK) {
    const seen = await store.getAll(org, 'channels', reserved.slice(i, i + CHUNK))
    const still = seen.flatMap((channel) => (channel && standsStill(channel) ? [channel.id] : []))
    if (still.length > 0) released += await release(store, org, cause, still)
  }
  return released
}

/** Looked at again in the transaction: one that was resumed meanwhile keeps its share. */
const release = (store: Ports['store'], org: string, cause: Cause, ids: readonly string[]): Promise<number> =>
  store.transact(
    org,
    cause,
    async (tx) => {
      const still = (await tx.getAll('channels', ids)).flatMap((channel) =>
        channel && standsStill(channel) ? [channel.id] : [],
      )
      return withoutShares(tx, still)
    },
    CROWDED_LEDGER,
  )
