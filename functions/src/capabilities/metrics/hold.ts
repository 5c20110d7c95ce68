import type { SyncState } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'

/** The right to write one account's figures, fenced: whoever claims it later makes every write of ours fail. */
export interface Hold {
  org: string
  syncId: string
  /** The sync that was asked for; a later one means that this one was taken for dead. */
  epoch: number
  /** Grows with every claim: two deliveries of one task have one epoch, and never one fence. */
  fence: number
  /** Whoever had it before wrote figures and never noted which: the digest cannot be trusted. */
  torn: boolean
  cause: Cause
}

/** A later sync of the account was begun, or another delivery of this one claimed it. */
export class Overtaken extends Error {
  /** The sync itself is over; otherwise the other delivery may yet die, and this one is wanted again. */
  readonly over: boolean

  constructor({ syncId, epoch }: Hold, over: boolean) {
    super(`Sync ${epoch} of ${syncId} is another worker's`)
    this.name = 'Overtaken'
    this.over = over
  }
}

/** Claims the account for what was fetched since `seen`; nobody has claimed it meanwhile, so nobody wrote anything newer. Throws Overtaken. */
export async function claimAccount(ports: Pick<Ports, 'store'>, seen: Hold): Promise<Hold> {
  const fence = seen.fence + 1
  const { torn } = await underHold(ports, seen, async (tx, state) => {
    tx.put('syncs', { ...state, fence })
    return state
  })
  return { ...seen, fence, torn }
}

/** Runs `work` if the account is still ours. Throws Overtaken. */
export const underHold = <T>(
  { store }: Pick<Ports, 'store'>,
  hold: Hold,
  work: (tx: Transaction, state: SyncState) => Promise<T>,
): Promise<T> =>
  store.transact(hold.org, hold.cause, async (tx) => {
    const state = await tx.get('syncs', hold.syncId)
    if (!state || state.epoch !== hold.epoch || state.state !== 'running') throw new Overtaken(hold, true)
    if (state.fence !== hold.fence) throw new Overtaken(hold, false)
    return work(tx, state)
  })

/** The same for work that writes figures which the digest is to know: until it is saved, the account is marked as torn. */
export const writeFigures = (
  ports: Pick<Ports, 'store'>,
  hold: Hold,
  work: (tx: Transaction) => Promise<void>,
): Promise<void> =>
  underHold(ports, hold, async (tx, state) => {
    await work(tx)
    if (!state.torn) tx.put('syncs', { ...state, torn: true })
  })
