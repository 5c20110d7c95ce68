import { system } from '#domain/actor.ts'
import { accountKey, type Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

type Needs = Pick<Ports, 'store' | 'tasks'>

/** A running sync that has not moved for this long is taken for dead. */
const STUCK_MS = 15 * 60_000
const MOST_ACCOUNTS = 5000

export const syncId = accountKey

/** Google's SDK is too heavy to be loaded beside anything else: its accounts have a function of their own. */
export const syncQueue = (platform: PlatformKey): string =>
  platform === 'google-ads' ? 'sync-google-ads' : 'sync-metrics'

/** One task for one ad account; while a sync of it is running there is no second. Returns whether one was started. */
export async function startSync(ports: Needs, org: string, cause: Cause, connection: Connection): Promise<boolean> {
  const id = syncId(connection)
  const epoch = await ports.store.transact(org, cause, async (tx) => {
    const before = await tx.get('syncs', id)
    const since = before?.startedAt ? Date.parse(tx.now) - Date.parse(before.startedAt) : Number.POSITIVE_INFINITY
    if (before?.state === 'running' && since < STUCK_MS) return undefined
    const next = (before?.epoch ?? 0) + 1
    tx.put('syncs', {
      id,
      platform: connection.platform,
      accountId: connection.accountId,
      finishedAt: before?.finishedAt ?? null,
      lastError: before?.lastError ?? null,
      failures: before?.failures ?? 0,
      rollups: before?.rollups ?? {},
      fence: before?.fence ?? 0,
      torn: before?.torn ?? false,
      wakeAt: null,
      state: 'running',
      startedAt: tx.now,
      epoch: next,
    })
    return next
  })
  if (epoch === undefined) return false
  await ports.tasks.enqueue({
    queue: syncQueue(connection.platform),
    name: `sync:${id}:${epoch}`,
    org,
    payload: { platform: connection.platform, epoch, phase: 'days', token: null },
    correlationId: cause.correlationId,
  })
  return true
}

/** Every connected account of one organisation and platform. */
export async function syncNow(ports: Needs, org: string, cause: Cause, platform: PlatformKey): Promise<number> {
  const connection = await ports.store.get(org, 'connections', platform)
  return connection && (await startSync(ports, org, cause, connection)) ? 1 : 0
}

/** The tick: one task per connected account of every organisation. */
export async function startSyncs(ports: Needs & Pick<Ports, 'census'>, correlationId: string): Promise<number> {
  const connections = await ports.census.all('connections', MOST_ACCOUNTS)
  let started = 0
  for (const { org, document } of connections)
    if (await startSync(ports, org, { actor: system('schedule-sync'), correlationId }, document)) started++
  return started
}
