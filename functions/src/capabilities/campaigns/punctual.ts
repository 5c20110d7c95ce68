import type { AdPlatform } from '#functions/ports/index.ts'
import { HeldElsewhere, type Hold } from './lease.ts'

/** A third of a lease: with the call's own timeout it still ends before another worker may begin. */
const MOST_MS = 20_000

/**
 * The platform as the holder of a lease may use it. A worker that stood still since it last saw its lease changes nothing any more:
 * another may have the channel by now, and the platform cannot tell the two apart.
 */
export function punctual(platform: AdPlatform, hold: Hold): AdPlatform {
  const inTime = (): void => {
    if (hold.nowMs() - hold.seenMs > MOST_MS) throw new HeldElsewhere(hold.channelId)
  }
  return {
    ...platform,
    async create(step, made) {
      inTime()
      return platform.create(step, made)
    },
    async update(step, made) {
      inTime()
      return platform.update(step, made)
    },
    async set(made, delivery) {
      inTime()
      return platform.set(made, delivery)
    },
    async remove(level, id) {
      inTime()
      return platform.remove(level, id)
    },
  }
}
