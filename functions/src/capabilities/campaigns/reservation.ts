import type { Channel } from '#domain/channel.ts'
import { DomainError } from '#domain/errors.ts'
import { KILLED_BY } from '#domain/kill-switch.ts'
import { LEDGER_ID, type Reserved, releaseOf, reserveFor } from '#domain/ledger.ts'
import type { Money } from '#domain/money.ts'
import { mayRun } from '#domain/next-move.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { Transaction } from '#functions/ports/store.ts'

/** The document that every transaction which lets something spend reads and writes. */
export const CROWDED_LEDGER = `ledger/${LEDGER_ID}`

type Reserving = Pick<Channel, 'id' | 'plan' | 'desired'>

/** In the transaction that lets channels spend: throws `unprocessable` where the day's worst case does not fit under the organisation's cap. */
export async function reserve(tx: Transaction, ref: string, channels: readonly Reserving[]): Promise<void> {
  const [org, ledger] = await Promise.all([tx.organisation(), tx.get('ledger', LEDGER_ID)])
  const needs: Reserved = Object.fromEntries(
    channels
      .filter(({ desired }) => desired === 'active')
      // Until a lowered budget has reached the platform, the former one may still be spent.
      .map(({ id, plan }) => [id, larger(plan.mostOnOneDay, ledger?.reserved[id])]),
  )
  tx.put('ledger', { id: LEDGER_ID, reserved: reserveFor(ledger?.reserved ?? {}, org.dailyCap, needs, ref) })
}

const larger = (a: Money, b: Money | undefined): Money => (b && b.currency === a.currency && b.minor > a.minor ? b : a)

const NO_ROOM_SECONDS = 600

/**
 * In the transaction that writes the intent to set an ad going: without a share nothing runs. One that a worker gave back whose clock was
 * already past the last day is taken again; the drive waits where others have the room now.
 */
export async function assureShare(tx: Transaction, channel: Reserving & Pick<Channel, 'campaignId'>): Promise<void> {
  const ledger = await tx.get('ledger', LEDGER_ID)
  if (ledger?.reserved[channel.id]) return
  const campaign = await tx.get('campaigns', channel.campaignId)
  await reserve(tx, campaign?.ref ?? channel.campaignId, [channel]).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error
    throw new PlatformFailure('throttled', error.message, { heldBy: 'daily_cap', retryAfterSeconds: NO_ROOM_SECONDS })
  })
}

type Brought = Pick<Channel, 'id' | 'plan' | 'steps' | 'unsettled'>

/** Where the platform has the plan that the channel has, and no earlier one can land any more, the channel can cost what it says and no more. */
export async function reserveAsPlanned(tx: Transaction, { id, plan, steps, unsettled }: Brought): Promise<void> {
  const applied = (key: string) => steps.find((step) => step.key === key)?.applied
  if (unsettled?.length || plan.steps.some(({ key, digest }) => applied(key) !== digest)) return
  const ledger = await tx.get('ledger', LEDGER_ID)
  const kept = ledger?.reserved[id]
  const { minor, currency } = plan.mostOnOneDay
  // Everybody's document is left alone where nothing changes.
  if (ledger && kept && (kept.minor !== minor || kept.currency !== currency))
    tx.put('ledger', { id: LEDGER_ID, reserved: { ...ledger.reserved, [id]: plan.mostOnOneDay } })
}

type Seen = Pick<Channel, 'id' | 'desired' | 'because' | 'confirmed' | 'steps' | 'status' | 'unsettled'>

/**
 * In the transaction that ends a drive: gives the share back where `releaseIdle` would. What the kill switch stops keeps it until
 * `releaseHalted` comes by: a thousand that are stopped at once must not wait for one document.
 */
export async function releaseAfterDrive(tx: Transaction, channel: Seen, over: boolean): Promise<void> {
  if (isKilled(channel) && !(await tx.running())) return
  await releaseIdle(tx, channel, over)
}

/** What can cost nothing more gives its share back; an unknown state keeps it, and so does a call that may still land. */
async function releaseIdle(tx: Transaction, channel: Seen, over: boolean): Promise<void> {
  if (!channel.unsettled?.length && isIdle(channel, over)) await withoutShares(tx, [channel.id])
}

export const isKilled = ({ because, desired }: Pick<Seen, 'because' | 'desired'>): boolean =>
  because.code === KILLED_BY && desired === 'paused'

/** Whether the kill switch stopped it and it can cost nothing more. */
export const standsStill = (channel: Seen): boolean =>
  isKilled(channel) && !channel.unsettled?.length && isIdle(channel, false)

/** Takes shares out of the ledger; returns how many there were. */
export async function withoutShares(tx: Transaction, ids: readonly string[]): Promise<number> {
  const ledger = await tx.get('ledger', LEDGER_ID)
  const kept = ids.filter((id) => ledger && id in ledger.reserved)
  if (ledger && kept.length > 0) tx.put('ledger', { id: LEDGER_ID, reserved: releaseOf(ledger.reserved, kept) })
  return kept.length
}

/** Once nothing can land any more, what was kept for it is given back. */
export const reserveAfterLook = (tx: Transaction, channel: Seen & Brought, over: boolean): Promise<void> =>
  isIdle(channel, over) ? releaseIdle(tx, channel, over) : reserveAsPlanned(tx, channel)

function isIdle(channel: Seen, over: boolean): boolean {
  const { confirmed, desired, steps, status } = channel
  if (confirmed === 'gone') return true
  // Activation comes after the last step: with one still to be made, and none in doubt, nothing was ever activated.
  const unfinished = steps.some(({ state }) => state !== 'done') && steps.every(({ state }) => state !== 'sent')
  const neverActive = unfinished && confirmed !== 'rejected' && !mayRun(channel)
  const unwanted = over || desired !== 'active'
  if (unwanted) return neverActive || confirmed === 'paused'
  return neverActive && status === 'FAILED'
}
