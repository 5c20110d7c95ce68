import type { AdPlatform } from '#functions/ports/index.ts'
import type { Disk } from './firestore/disk.ts'
import { ORG } from './organisation.ts'
import type { Timeline } from './timeline.ts'

/** RELIABILITY.md 2.9: what was under way when the switch was flipped may still go out, and not later than this. */
const IN_FLIGHT_MS = 20_000

const SWITCHES = ['control/global', `orgs/${ORG}/control/switch`]

/** Nobody's word for it but the documents': one that is missing has stopped everything. */
export const isStopped = (disk: Disk): boolean => SWITCHES.some((path) => disk.read(path)?.data.state !== 'running')

/** Watches what the product sends while the kill switch is on: no call but pauses and reads begins, except the one that a worker had in its hands. */
export function switchWatch(time: Timeline, disk: Disk, breach: (what: string) => void) {
  let since: number | null = null
  let flips = 0
  disk.observe(() => {
    if (!isStopped(disk)) since = null
    else if (since === null) {
      since = time.now()
      flips++
    }
  })

  return {
    /** One worker's way to the platform. */
    watch(platform: AdPlatform): AdPlatform {
      let sentIn = -1
      const sends = (call: string): void => {
        if (since === null) return
        const late = time.now() - since
        if (late > IN_FLIGHT_MS) breach(`switch: ${call} began ${late} ms after everything was stopped`)
        if (sentIn === flips) breach(`switch: a worker sent ${call} after another call, with everything stopped`)
        sentIn = flips
      }
      return {
        ...platform,
        async keepImage(bytes) {
          sends('keepImage')
          return platform.keepImage(bytes)
        },
        async create(step, made) {
          sends('create')
          return platform.create(step, made)
        },
        async update(step, made) {
          sends('update')
          return platform.update(step, made)
        },
        async set(made, delivery) {
          if (delivery === 'active') sends('activate')
          return platform.set(made, delivery)
        },
      }
    },
  }
}
