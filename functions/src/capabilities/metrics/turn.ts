import { z } from 'zod'
import { PlatformKey } from '#domain/ids.ts'
import type { SyncState } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'
import { type Hold, underHold } from './hold.ts'

type Turn = SyncState['turn']

/** What the task of a sync carries; all else stands in the sync's own document. */
export const SyncPayload = z.object({ platform: PlatformKey, epoch: z.int(), step: z.int() })

/** Google's SDK is too heavy to be loaded beside anything else: its accounts have a function of their own. */
export const syncQueue = (platform: string): string => (platform === 'google-ads' ? 'sync-google-ads' : 'sync-metrics')

/** Daily rows first, then the unique reach of each campaign's whole life. */
export const FIRST_TURN: Turn = { step: 0, phase: 'days', token: null }

/** Queues the task whose turn it is; where it is queued already, or was, that one stays. */
export const enqueueTurn = (
  { tasks }: Pick<Ports, 'tasks'>,
  org: string,
  { id, platform, epoch, turn: { step } }: Pick<SyncState, 'id' | 'platform' | 'epoch' | 'turn'>,
  correlationId: string,
  runAt?: string,
): Promise<void> =>
  tasks.enqueue({
    queue: syncQueue(platform),
    name: `sync:${id}:${epoch}:${step}`,
    org,
    payload: { platform, epoch, step },
    ...(runAt && { runAt }),
    correlationId,
  })

/**
 * Hands the sync over to its next task, `seconds` from now: functions do not wait. The report goes on from the token that is kept here alone,
 * so that a repeated task can never bring an older report back. Throws Overtaken.
 */
export async function passTurn(
  ports: Pick<Ports, 'store' | 'tasks' | 'clock'>,
  hold: Hold,
  next: Omit<Turn, 'step'>,
  seconds: number,
): Promise<void> {
  const state = await underHold(ports, hold, async (tx, before) => {
    const after = { ...before, turn: { ...next, step: hold.step + 1 } }
    tx.put('syncs', after)
    return after
  })
  const runAt = new Date(ports.clock.now().getTime() + seconds * 1000).toISOString()
  await enqueueTurn(ports, hold.org, state, hold.cause.correlationId, runAt)
}
