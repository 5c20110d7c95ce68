import { system } from '#domain/actor.ts'
import { accountKey, type Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { enqueueTurn, FIRST_TURN } from './turn.ts'

type Needs = Pick<Ports, 'store' | 'tasks'>

/** A running sync that has not moved for this long is taken for dead. */
const STUCK_MS = 15 * 60_000
const MOST_ACCOUNTS = 5000

export const syncId = accountKey

/** One task for one ad account; while a sync of it is running there is no second. Returns whether one was started. */
export async function startSync(ports: Needs, org: string, cause: Cause, connection: Connection): Promise<boolean> {
  const id = syncId(connection)
  const begun = await ports.store.transact(org, cause, async (tx) => {
    const before = await tx.get('syncs', id)
    const since = before?.startedAt ? Date.parse(tx.now) - Date.parse(before.startedAt) : Number.POSITIVE_INFINITY
    if (before?.state === 'running' && since < STUCK_MS) return undefined
    const state = {
      id,
      platform: connection.platform,
      accountId: connection.accountId,
      finishedAt: before?.finishedAt ?? null,
      lastError: before?.lastError ?? null,
      failures: before?.failures ?? 0,
      rollups: before?.rollups ?? {},
      fence: before?.fence ?? 0,
      wakeAt: null,
      state: 'running' as const,
      startedAt: tx.now,
      epoch: (before?.epoch ?? 0) + 1,
      turn: FIRST_TURN,
    }
    tx.put('syncs', state)
    return state
  })
  if (!begun) return false
  await enqueueTurn(ports, org, begun, cause.correlationId)
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
