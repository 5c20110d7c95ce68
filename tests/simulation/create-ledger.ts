import { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { MAY_STILL_LAND_MS } from './profile.ts'
import type { Timeline } from './timeline.ts'

interface Sent {
  at: number
  /** False once the platform has said that nothing was made. */
  mayLand: boolean
}

/** Watches what the product asks the platform to create: I10, no second create while the first may still land. */
export function createLedger(time: Timeline, breach: (what: string) => void) {
  const sent = new Map<string, Sent[]>()
  let creates = 0
  return {
    creates: () => creates,
    watch: (platform: AdPlatform): AdPlatform => ({
      ...platform,
      async create(step, made) {
        const name = step.name ?? step.key
        const earlier = sent.get(name) ?? []
        const flying = earlier.find((call) => call.mayLand && time.now() - call.at < MAY_STILL_LAND_MS)
        if (flying)
          breach(`I10: a second create of ${name}, ${time.now() - flying.at} ms after one that may still land`)
        const call: Sent = { at: time.now(), mayLand: true }
        sent.set(name, [...earlier, call])
        creates++
        try {
          return await platform.create(step, made)
        } catch (error) {
          call.mayLand = !(error instanceof PlatformFailure) || error.kind === 'ambiguous'
          throw error
        }
      },
    }),
  }
}
