import type { SyncState } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'

/** The right to write one account's figures, fenced: whoever claims it later makes every write of ours fail. */
export interface Hold {
  org: string
  syncId: string
  /** The sync that was asked for; a later one means that this one was taken for dead. */
  epoch: number
  /** The turn that the task has: when it has passed, the task is over. */
  step: number
  /** Grows with every claim: two deliveries of one task have one epoch, and never one fence. */
  fence: number
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
  await underHold(ports, seen, async (tx, state) => tx.put('syncs', { ...state, fence }))
  return { ...seen, fence }
}

/** Several accounts' syncs write the same campaigns, a hundred to a commit: those of one process take turns. */
export const FIGURES = 'figures'

/** Runs `work` if the account is still ours. Throws Overtaken. */
export const underHold = <T>(
  { store }: Pick<Ports, 'store'>,
  hold: Hold,
  work: (tx: Transaction, state: SyncState) => Promise<T>,
  crowded?: string,
): Promise<T> =>
  store.transact(
    hold.org,
    hold.cause,
    async (tx) => {
      const state = await tx.get('syncs', hold.syncId)
      if (!state || state.epoch !== hold.epoch || state.state !== 'running') throw new Overtaken(hold, true)
      if (state.turn.step !== hold.step || state.fence !== hold.fence) throw new Overtaken(hold, false)
      return work(tx, state)
    },
    crowded,
  )
