import type { Connection } from '#domain/connection.ts'
import { readDigest } from '#domain/sync-digest.ts'
import type { Cause } from '#functions/ports/store.ts'
import { knownCampaigns } from './known-campaigns.ts'
import { syncId } from './start-syncs.ts'
import type { SyncNeeds } from './sync-account.ts'

const SAID_TO_RUN = ['ACTIVE', 'SCHEDULED', 'PARTIAL'] as const

/**
 * A campaign that we call running and that the platform has stopped since (rejected later, paused or removed over there) is asked about
 * at once: its channel becomes due, and the sweep drives it. Nothing is concluded from the list itself.
 */
export async function noticeStopped(
  { store }: SyncNeeds,
  org: string,
  cause: Cause,
  connection: Connection,
  stopped: readonly string[],
): Promise<void> {
  const state = await store.get(org, 'syncs', syncId(connection))
  const digest = readDigest(state?.digests ?? '{}')
  const fresh = stopped.filter((id) => !digest.stopped.includes(id))
  const known = await knownCampaigns({ store }, org, connection.platform, digest.campaigns, fresh)
  const campaigns = await store.getAll(
    org,
    'campaigns',
    fresh.flatMap((id) => known[id] ?? []),
  )
  const wrong = campaigns.filter((c) => c && SAID_TO_RUN.some((status) => status === c.status))
  const same = digest.stopped.length === stopped.length && stopped.every((id) => digest.stopped.includes(id))
  if (same && wrong.length === 0) return
  await store.transact(org, cause, async (tx) => {
    const current = await tx.get('syncs', syncId(connection))
    for (const campaign of wrong)
      if (campaign) tx.measure('channels', `${campaign.id}/${connection.platform}`, { wakeAt: campaign.createdAt })
    if (current) tx.put('syncs', { ...current, digests: JSON.stringify({ ...digest, stopped: [...stopped] }) })
  })
}
