import { HeldElsewhere, type Hold } from './lease.ts'

/** A third of a lease: with the call's own timeout it still ends before another worker may begin. */
const MOST_MS = 20_000

/**
 * What the holder of a lease asks right before each call that changes something. A worker that stood still since it last saw its lease
 * changes nothing any more: another may have the channel by now, and the platform cannot tell the two apart.
 */
export const punctual = (hold: Hold) => (): void => {
  if (hold.nowMs() - hold.seenMs > MOST_MS) throw new HeldElsewhere(hold.channelId)
}
