import { readFileSync } from 'node:fs'
import { SharedClock, virtualNow } from '#domain/clock.ts'
import type { Clock } from '#functions/ports/index.ts'

export const systemClock: Clock = { now: () => new Date() }

const REREAD_MS = 20

/** The local stack's clock: every process reads the same small file. */
export function sharedClock(file: string): Clock {
  let clock: SharedClock | undefined
  let readAt = 0
  return {
    now() {
      const real = Date.now()
      if (!clock || real - readAt > REREAD_MS) {
        clock = SharedClock.parse(JSON.parse(readFileSync(file, 'utf8')))
        readAt = real
      }
      return new Date(virtualNow(clock, real))
    },
  }
}
