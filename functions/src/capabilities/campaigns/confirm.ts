import type { Channel } from '#domain/channel.ts'
import { madeOf } from '#domain/next-move.ts'
import type { AdPlatform, PlatformState, Ports } from '#functions/ports/index.ts'
import { type Hold, underLease } from './lease.ts'

/** Asks the platform and writes down what it says; the only way to a status. Returns the channel as it then is. */
export async function confirm(
  ports: Pick<Ports, 'store'>,
  hold: Hold,
  platform: AdPlatform,
  channel: Channel,
): Promise<{ message: PlatformState['message']; channel: Channel }> {
  const { confirmed, message } = await platform.state(madeOf(channel.steps))
  const after = await underLease(ports, hold, async (tx, now) => {
    // Somebody paused it over there: that is a decision, not a state to fight.
    const stopped =
      confirmed === 'paused' && now.desired === 'active' && ['active', 'in_review'].includes(now.confirmed)
    const told = {
      confirmed,
      confirmedAt: tx.now,
      ...(stopped && { desired: 'paused' as const, because: { code: 'paused_on_platform', message } }),
    }
    tx.measure('channels', hold.channelId, told)
    return { ...now, ...told }
  })
  return { message, channel: after }
}
