import { DomainError } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { redriveChannel } from './redrive.ts'

const PAGE = 100

/** After a connection works again: what was given up because the platform refused it is driven again; returns how many. */
export async function redriveRefused(
  ports: Pick<Ports, 'store' | 'tasks'>,
  org: string,
  cause: Cause,
  platform: PlatformKey,
): Promise<number> {
  const { store } = ports
  let driven = 0
  let cursor: string | undefined
  do {
    const page = await store.list(org, 'deadLetters', {
      where: { kind: 'publish', state: 'open' },
      limit: PAGE,
      ...(cursor && { cursor }),
    })
    const channels = await store.getAll(
      org,
      'channels',
      page.items.map(({ subject }) => subject),
    )
    for (const [i, channel] of channels.entries()) {
      const letter = page.items[i]
      if (!letter || channel?.platform !== platform) continue
      if (channel.status !== 'FAILED' || channel.reason?.code !== 'auth') continue
      try {
        await redriveChannel(ports, org, cause, letter.id)
        driven++
      } catch (error) {
        // One that the cap has no room for any more stays given up; the others go on.
        if (!(error instanceof DomainError)) throw error
      }
    }
    cursor = page.next ?? undefined
  } while (cursor)
  return driven
}
