import type { Channel } from '#domain/channel.ts'
import { madeOf } from '#domain/next-move.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { Made, Ports } from '#functions/ports/index.ts'
import type { Transaction } from '#functions/ports/store.ts'
import { type Hold, renewed, underLease } from './lease.ts'

type Fields = Partial<Pick<Channel, 'steps' | 'confirmed' | 'delivered'>>
type Write = (tx: Transaction, channel: Channel) => Promise<Fields>

/**
 * Sends a call that costs money if it lands after its caller gave up: it is unsettled from its intent to its answer. A call of the same
 * key that was unsettled before stays so, whatever this one is answered.
 */
export async function sendUnsettled(
  ports: Pick<Ports, 'store'>,
  hold: Hold,
  key: string,
  call: { intent: Write; send: (made: Made) => Promise<void>; done: Write },
): Promise<void> {
  const { made, open } = await underLease(ports, hold, async (tx, channel) => {
    const fields = await call.intent(tx, channel)
    const open = channel.unsettled ?? []
    const unsettled = [...new Set([...open, key])]
    tx.measure('channels', hold.channelId, { ...fields, unsettled, lease: renewed(tx, hold) })
    return { made: madeOf(channel.steps), open }
  })
  const answered = (write: Write): Promise<void> =>
    underLease(ports, hold, async (tx, channel) => {
      const fields = await write(tx, channel)
      tx.measure('channels', hold.channelId, { ...fields, unsettled: open, lease: renewed(tx, hold) })
    })
  try {
    await call.send(made)
  } catch (error) {
    // Anything but an ambiguous answer says that nothing was done.
    if (error instanceof PlatformFailure && error.kind !== 'ambiguous') await answered(async () => ({}))
    throw error
  }
  await answered(call.done)
}
