import type { Connection } from '#domain/connection.ts'
import type { SyncDigest } from '#domain/sync-digest.ts'
import { type Hold, underHold } from './hold.ts'
import { knownCampaigns } from './known-campaigns.ts'
import type { SyncNeeds } from './sync-account.ts'

const SAID_TO_RUN = ['ACTIVE', 'SCHEDULED', 'PARTIAL'] as const
const PER_COMMIT = 100

/**
 * A campaign that we call running and that the platform has stopped since (rejected later, paused or removed over there) is asked about
 * at once: its channel becomes due, and the sweep drives it. Nothing is concluded from the list itself.
 */
export async function noticeStopped(
  ports: SyncNeeds,
  hold: Hold,
  { platform }: Connection,
  stopped: readonly string[],
  digest: SyncDigest,
): Promise<void> {
  const seen = new Set(digest.stopped)
  const fresh = stopped.filter((id) => !seen.has(id))
  const known = await knownCampaigns(ports, hold.org, platform, digest.campaigns, fresh)
  const campaigns = await ports.store.getAll(
    hold.org,
    'campaigns',
    fresh.flatMap((id) => known[id] ?? []),
  )
  const wrong = campaigns.flatMap((c) => (c && SAID_TO_RUN.some((status) => status === c.status) ? [c] : []))
  for (let i = 0; i < wrong.length; i += PER_COMMIT)
    await underHold(ports, hold, async (tx) => {
      for (const { id, createdAt } of wrong.slice(i, i + PER_COMMIT))
        tx.measure('channels', `${id}/${platform}`, { wakeAt: createdAt })
    })
  digest.stopped = [...stopped]
}
