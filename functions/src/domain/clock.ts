import { z } from 'zod'

/** The local stack's one clock: virtual milliseconds run at `speed` from `virtualBase` since the real instant `realBase`. */
export const SharedClock = z.object({ realBase: z.number(), virtualBase: z.number(), speed: z.number().nonnegative() })
export type SharedClock = z.infer<typeof SharedClock>

/** Virtual now, in epoch milliseconds. */
export const virtualNow = (clock: SharedClock, realNowMs: number): number =>
  Math.round(clock.virtualBase + (realNowMs - clock.realBase) * clock.speed)
