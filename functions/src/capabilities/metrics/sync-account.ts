import { system } from '#domain/actor.ts'
import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Trouble } from '#domain/incident.ts'
import type { SyncState } from '#domain/machinery.ts'
import { type FailureKind, PlatformFailure } from '#domain/platform-failure.ts'
import { adDay, addDays } from '#domain/time.ts'
import { closeIncident, giveUpWork, openIncident } from '#functions/lib/incident.ts'
import type { Ports, ReportQuery } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { claimAccount, type Hold, Overtaken, underHold } from './hold.ts'
import { openDigest } from './kept-digest.ts'
import { noticeStopped } from './notice-stopped.ts'
import { readReport } from './read-report.ts'
import { syncId } from './start-syncs.ts'
import { enqueueTurn, passTurn } from './turn.ts'
import { writeDays } from './write-days.ts'
import { writeReach } from './write-reach.ts'

export type SyncNeeds = Pick<Ports, 'store' | 'platforms' | 'tasks' | 'clock'>

export interface SyncTask {
  org: string
  platform: PlatformKey
  epoch: number
  /** Of the turns of the sync (SyncState). */
  step: number
  correlationId: string
  lastAttempt: boolean
}

const POLL_SECONDS = 3

/** One account, one turn: asks for the report, or reads all of its pages and replaces the window. Throws nothing that a retry mends. */
export async function syncAccount(ports: SyncNeeds, task: SyncTask): Promise<'done' | 'retry'> {
  const { org, platform, epoch, step, correlationId } = task
  const connection = await ports.store.get(org, 'connections', platform)
  const state = connection && (await ports.store.get(org, 'syncs', syncId(connection)))
  if (!connection || !state || state.epoch !== epoch || state.state !== 'running') return 'done'
  if (step < state.turn.step) {
    // Whoever passed the turn on may have died before it was queued.
    await enqueueTurn(ports, org, state, correlationId)
    return 'done'
  }
  const cause: Cause = { actor: system('sync-metrics'), correlationId }
  const { id, fence } = state
  try {
    return await takeTurn(ports, task, connection, state.turn, { org, syncId: id, epoch, step, fence, cause })
  } catch (error) {
    if (error instanceof Overtaken) return error.over ? 'done' : 'retry'
    throw error
  }
}

async function takeTurn(
  ports: SyncNeeds,
  task: SyncTask,
  connection: Connection,
  { phase, token }: SyncState['turn'],
  seen: Hold,
): Promise<'done' | 'retry'> {
  let hold = seen
  try {
    const platform = await ports.platforms.open(task.org, connection)
    const query = queryOf(phase, connection, ports.clock.now(), ports.platforms.windowDays(task.platform))
    const read = await readReport(platform, query, token)
    if (read.state === 'running') {
      await passTurn(ports, seen, { phase, token: read.token }, POLL_SECONDS)
      return 'done'
    }
    hold = await claimAccount(ports, seen)
    if (query.grain === 'days') {
      await writeDays(ports, hold, connection, query, read.days)
      await passTurn(ports, hold, { phase: 'reach', token: null }, 0)
    } else {
      const kept = await openDigest(ports, hold)
      await writeReach(ports, hold, connection, read.lifetimes, kept)
      await noticeStopped(ports, hold, connection, await platform.stopped(), kept.digest)
      await kept.save()
      await finish(ports, hold, connection, null)
    }
    return 'done'
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error
    const { heldBy, retryAfterSeconds = 60 } = error.details
    if (heldBy) {
      await passTurn(ports, hold, { phase, token }, retryAfterSeconds)
      return 'done'
    }
    const final = task.lastAttempt || error.kind === 'auth' || error.kind === 'refusal'
    if (final) await finish(ports, hold, connection, error)
    return final ? 'done' : 'retry'
  }
}

function queryOf(
  phase: SyncState['turn']['phase'],
  connection: Connection,
  now: Date,
  windowDays: number,
): ReportQuery {
  if (phase === 'reach') return { grain: 'lifetime' }
  const until = adDay(now, connection.timeZone)
  return { grain: 'days', since: addDays(until, 1 - windowDays), until }
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
