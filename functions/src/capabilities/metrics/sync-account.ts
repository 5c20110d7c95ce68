import { system } from '#domain/actor.ts'
import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Trouble } from '#domain/incident.ts'
import { type FailureKind, PlatformFailure } from '#domain/platform-failure.ts'
import { adDay, addDays } from '#domain/time.ts'
import { closeIncident, giveUpWork, openIncident } from '#functions/lib/incident.ts'
import type { Ports, ReportQuery } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { claimAccount, type Hold, Overtaken, underHold } from './hold.ts'
import { openDigest } from './kept-digest.ts'
import { noticeStopped } from './notice-stopped.ts'
import { readReport } from './read-report.ts'
import { syncId, syncQueue } from './start-syncs.ts'
import { writeDays } from './write-days.ts'
import { writeReach } from './write-reach.ts'

export type SyncNeeds = Pick<Ports, 'store' | 'platforms' | 'tasks' | 'clock'>

export interface SyncTask {
  org: string
  platform: PlatformKey
  epoch: number
  /** Daily rows first, then the unique reach of each campaign's whole life. */
  phase: 'days' | 'reach'
  /** Resumes the platform's report; null = ask for one. */
  token: string | null
  correlationId: string
  lastAttempt: boolean
}

const POLL_SECONDS = 3

/** One account, one phase: asks for the report, or reads all of its pages and replaces the window. Throws nothing that a retry mends. */
export async function syncAccount(ports: SyncNeeds, task: SyncTask): Promise<'done' | 'retry'> {
  const { org, platform: key, epoch, correlationId } = task
  const connection = await ports.store.get(org, 'connections', key)
  const state = connection && (await ports.store.get(org, 'syncs', syncId(connection)))
  if (!connection || !state || state.epoch !== epoch || state.state !== 'running') return 'done'
  const cause: Cause = { actor: system('sync-metrics'), correlationId }
  try {
    return await step(ports, task, connection, {
      org,
      syncId: state.id,
      epoch,
      fence: state.fence,
      torn: state.torn,
      cause,
    })
  } catch (error) {
    if (error instanceof Overtaken) return error.over ? 'done' : 'retry'
    throw error
  }
}

async function step(ports: SyncNeeds, task: SyncTask, connection: Connection, seen: Hold): Promise<'done' | 'retry'> {
  let hold = seen
  try {
    const platform = await ports.platforms.open(task.org, connection)
    const query = queryOf(task, connection, ports.clock.now(), ports.platforms.windowDays(task.platform))
    const read = await readReport(platform, query, task.token)
    if (read.state === 'running') {
      await again(ports, task, read.token)
      return 'done'
    }
    hold = await claimAccount(ports, seen)
    if (query.grain === 'days') {
      await writeDays(ports, hold, connection, query, read.days)
      await again(ports, { ...task, phase: 'reach' }, null)
    } else {
      const kept = await openDigest(ports, hold)
      await writeReach(ports, hold, connection, read.lifetimes, kept.digest)
      await noticeStopped(ports, hold, connection, await platform.stopped(), kept.digest)
      await kept.save()
      await finish(ports, hold, connection, null)
    }
    return 'done'
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error
    const { heldBy, retryAfterSeconds = 60 } = error.details
    if (heldBy) {
      await again(ports, task, task.token, retryAfterSeconds)
      return 'done'
    }
    const final = task.lastAttempt || error.kind === 'auth' || error.kind === 'refusal'
    if (final) await finish(ports, hold, connection, error)
    return final ? 'done' : 'retry'
  }
}

function queryOf(task: SyncTask, connection: Connection, now: Date, windowDays: number): ReportQuery {
  if (task.phase === 'reach') return { grain: 'lifetime' }
  const until = adDay(now, connection.timeZone)
  return { grain: 'days', since: addDays(until, 1 - windowDays), until }
}

/** Functions do not wait: the report is asked for again by a later task. */
async function again(
  ports: SyncNeeds,
  task: SyncTask,
  token: string | null,
  seconds = token ? POLL_SECONDS : 0,
): Promise<void> {
  const now = ports.clock.now().getTime()
  await ports.tasks.enqueue({
    queue: syncQueue(task.platform),
    name: `sync:${task.platform}:${task.epoch}:${task.phase}:${token ?? 'begin'}:${now}`,
    org: task.org,
    payload: { platform: task.platform, epoch: task.epoch, phase: task.phase, token },
    runAt: new Date(now + seconds * 1000).toISOString(),
    correlationId: task.correlationId,
  })
}

const syncIncident = (connection: Connection): string => `sync_${syncId(connection)}`

async function finish(
  ports: SyncNeeds,
  hold: Hold,
  connection: Connection,
  failure: PlatformFailure | null,
): Promise<void> {
  await underHold(ports, hold, async (tx, state) => {
    const stored = await tx.get('connections', connection.id)
    const error = failure && (failure.details.userMessage ?? failure.message)
    const failures = failure ? state.failures + 1 : 0
    tx.put('syncs', {
      ...state,
      state: failure ? 'failing' : 'idle',
      finishedAt: failure ? state.finishedAt : tx.now,
      lastError: error,
      failures,
    })
    if (stored)
      tx.measure('connections', stored.id, { status: failure ? 'failing' : 'ok', checkedAt: tx.now, lastError: error })
    if (failure) await giveUp(tx, connection, failure.kind, error ?? '', failures, hold.cause)
    else await closeIncident(tx, syncIncident(connection))
  })
}

async function giveUp(
  tx: Transaction,
  connection: Connection,
  failure: FailureKind,
  message: string,
  attempts: number,
  { correlationId }: Cause,
): Promise<void> {
  const { platform } = connection
  const trouble: Trouble = {
    id: syncIncident(connection),
    kind: failure === 'auth' ? 'platform_auth' : 'dead_letter',
    subject: connection.id,
    message,
    suggestedAction:
      failure === 'auth'
        ? 'Check the connection in Settings; figures stay as they were until it works.'
        : 'Retry when the platform answers again; figures stay as they were until then.',
  }
  await openIncident(tx, trouble)
  const subject = syncId(connection)
  giveUpWork(
    tx,
    { ...trouble, subject },
    { kind: 'sync', queue: 'sync-metrics', payload: { platform }, attempts, correlationId },
  )
}
