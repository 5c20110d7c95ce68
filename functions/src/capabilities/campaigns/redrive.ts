import { authForgotten } from '#domain/account-limits.ts'
import type { Channel } from '#domain/channel.ts'
import { accountKey } from '#domain/connection.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import { Id } from '#domain/ids.ts'
import type { DeadLetter } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { channelsIn } from './channels.ts'
import { reserve } from './reservation.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'tasks'>

/**
 * Tries a failed channel again, on a person's word; its dead letter is marked; letter and incident close when the drive succeeds. Throws
 * `unprocessable` where the daily cap has no room for it any more.
 */
export async function redriveChannel(ports: Needs, org: string, cause: Cause, deadLetterId: string): Promise<Channel> {
  if (!Id.safeParse(deadLetterId).success) throw notFound('failed task', deadLetterId)
  const channel = await ports.store.transact(org, cause, async (tx) => {
    const letter = await tx.get('deadLetters', deadLetterId)
    if (letter?.kind !== 'publish') throw notFound('failed task', deadLetterId)
    const before = await tx.get('channels', letter.subject)
    const campaign = before && (await tx.get('campaigns', before.campaignId))
    if (!before || !campaign) throw notFound('channel', letter.subject)
    if (before.status !== 'FAILED')
      throw new DomainError(
        'illegal_state',
        `${campaign.ref} is ${before.status} on ${before.platform}: nothing to retry`,
      )
    const next = await tryAgain(tx, before, letter, cause)
    // What was given up before anything ran has given its share back.
    await reserve(tx, campaign.ref, [next])
    const others = (await channelsIn(tx, campaign)).filter((c) => c.id !== next.id)
    settle(tx, campaign, [...others, next])
    return next
  })
  await wake(ports, org, channel)
  return channel
}

/** In a transaction: a failed channel as it is tried again; its dead letter, where it left one, is marked. */
export async function tryAgain(
  tx: Transaction,
  before: Channel,
  letter: DeadLetter | undefined,
  cause: Cause,
): Promise<Channel> {
  const next = tx.record(
    'channels',
    {
      ...before,
      status: 'PENDING',
      reason: null,
      failures: 0,
      epoch: before.epoch + 1,
      wakeAt: tx.now,
      correlationId: cause.correlationId,
    },
    before,
    { action: 'channel.redrive' },
  )
  if (letter) tx.put('deadLetters', { ...letter, state: 'redriven' })
  const limits = await tx.get('limits', accountKey(before))
  if (limits?.authSince) tx.put('limits', authForgotten(limits))
  return next
}
