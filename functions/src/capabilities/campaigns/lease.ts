import { randomUUID } from 'node:crypto'
import type { Channel, StepRecord } from '#domain/channel.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Store, Transaction } from '#functions/ports/store.ts'

const LEASE_MS = 60_000

/** The right to act on one channel, fenced: whoever claims it later makes every write of ours fail. */
export interface Hold {
  org: string
  channelId: string
  fence: number
  owner: string
  cause: Cause
  /** The drive that was asked for; a later one on the channel means that somebody asked meanwhile. */
  epoch: number
  /** Whoever had it before never gave it back: a call of theirs may still be on its way. */
  tookOver: boolean
  /** Milliseconds that never jump, of this process alone. */
  nowMs: () => number
  /** On that scale: when the lease was last known to be ours. */
  seenMs: number
}

/** Another worker has the channel, or took it over. */
export class HeldElsewhere extends Error {
  constructor(channelId: string) {
    super(`${channelId} is driven by another worker`)
    this.name = 'HeldElsewhere'
  }
}

const until = (tx: Transaction): string => new Date(tx.databaseNow().getTime() + LEASE_MS).toISOString()

/** Claims the channel; undefined when there is nothing to do for this epoch. Throws HeldElsewhere. */
export async function claim(
  { store }: Pick<Ports, 'store'>,
  org: string,
  channelId: string,
  epoch: number,
  cause: Cause,
  nowMs?: () => number,
): Promise<{ hold: Hold; channel: Channel } | undefined> {
  return occupy(store, org, channelId, cause, (channel) => channel.epoch <= epoch && channel.wakeAt !== null, nowMs)
}

/** Takes the lease where `wanted` says so of the channel as it is; undefined otherwise. Throws HeldElsewhere. */
export async function occupy(
  store: Store,
  org: string,
  channelId: string,
  cause: Cause,
  wanted: (channel: Channel) => boolean,
  nowMs = () => performance.now(),
): Promise<{ hold: Hold; channel: Channel } | undefined> {
  const owner = randomUUID()
  const seenMs = nowMs()
  return store.transact(org, cause, async (tx) => {
    const channel = await tx.get('channels', channelId)
    if (!channel || !wanted(channel)) return undefined
    if (channel.lease.owner && channel.lease.until > tx.databaseNow().toISOString()) throw new HeldElsewhere(channelId)
    const fence = channel.lease.fence + 1
    const tookOver = channel.lease.owner !== ''
    tx.measure('channels', channelId, { lease: { fence, owner, until: until(tx) } })
    return { hold: { org, channelId, fence, owner, cause, epoch: channel.epoch, tookOver, nowMs, seenMs }, channel }
  })
}

/** Runs `work` on the channel as it is now, if it is still ours, and renews the lease with what it returns. */
export async function underLease<T>(
  { store }: Pick<Ports, 'store'>,
  hold: Hold,
  work: (tx: Transaction, channel: Channel) => Promise<T>,
): Promise<T> {
  const seenMs = hold.nowMs()
  const result = await store.transact(hold.org, hold.cause, async (tx) => {
    const channel = await tx.get('channels', hold.channelId)
    const { fence, owner } = channel?.lease ?? {}
    if (
      !channel ||
      fence !== hold.fence ||
      owner !== hold.owner ||
      channel.lease.until < tx.databaseNow().toISOString()
    )
      throw new HeldElsewhere(hold.channelId)
    return work(tx, channel)
  })
  hold.seenMs = seenMs
  return result
}

/** The lease as it stands after a renewing write. */
export const renewed = (tx: Transaction, hold: Hold): Channel['lease'] => ({
  fence: hold.fence,
  owner: hold.owner,
  until: until(tx),
})

export const released = (hold: Hold, tx: Transaction): Channel['lease'] => ({
  fence: hold.fence,
  owner: '',
  until: tx.databaseNow().toISOString(),
})

export const withStep = (steps: readonly StepRecord[], key: string, change: Partial<StepRecord>): StepRecord[] =>
  steps.map((step) => (step.key === key ? { ...step, ...change } : step))
