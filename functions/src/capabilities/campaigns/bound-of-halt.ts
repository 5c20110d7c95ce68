import { accountKey } from '#domain/connection.ts'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import { type PauseBound, type PauseLoad, pauseBound } from '#domain/pause-bound.ts'
import type { Ports } from '#functions/ports/index.ts'
import { thatMayRun } from './halt.ts'

/**
 * How long it may take until what is being stopped stands still, as things are now: one read a campaign, two a platform. `paceOf` tells
 * how many tasks of a queue begin in a second and run at once.
 */
export async function boundOfHalt(
  ports: Pick<Ports, 'store' | 'clock'>,
  org: string,
  paceOf: (queue: string) => PauseLoad['pace'],
): Promise<PauseBound> {
  const { store, clock } = ports
  const channels = new Map<PlatformKey, number>()
  let campaigns = 0
  for await (const page of thatMayRun(ports, org)) {
    campaigns += page.length
    for (const platform of page.flatMap(({ platforms }) => platforms))
      channels.set(platform, (channels.get(platform) ?? 0) + 1)
  }
  const loads = PLATFORMS.map(async (platform) => {
    const connection = await store.get(org, 'connections', platform)
    const limits = connection && (await store.get(org, 'limits', accountKey(connection)))
    return { platform, channels: channels.get(platform) ?? 0, pace: paceOf(`urgent-${platform}`), limits }
  })
  return pauseBound(campaigns, await Promise.all(loads), clock.now())
}
