import type { Connection } from '#domain/connection.ts'
import { PlatformKey } from '#domain/ids.ts'
import type { Cli } from './cli.ts'
import { Failure } from './failure.ts'
import type { Page } from './page.ts'
import { poll } from './wait.ts'

const AGAIN_MS = 500

/** Work that goes on or was given up, as `GET /v1/tasks` tells it. */
export interface Task {
  id: string
  kind: string
  subject: string
  state: 'running' | 'waiting' | 'failed'
  attempts: number
  lastError: string | null
  wakeAt: string | null
}

export interface Sync {
  /** Syncs that were started. */
  accounts: number
}

/** Starts a sync; 0 accounts = one runs already. Throws Failure where no ad account is connected. */
export async function startSync(cli: Cli, platform: string): Promise<Sync> {
  const sync = await cli.api().send<Sync>({ method: 'POST', path: '/v1/sync', body: { platform } })
  if (sync.accounts === 0) {
    const { items } = await cli.api().send<Page<Connection>>({ path: '/v1/connections' })
    const key = PlatformKey.safeParse(platform).data
    if (!items.some((connection) => connection.platform === key))
      throw new Failure(`No ad account of ${platform} is connected`, {
        remedy: `Connect one: adflux connections add ${platform} --account-id … --token-stdin`,
      })
  }
  return sync
}

/**
 * Resolves when figures are in that were asked for after now: a sync that ran already may have asked before, so another follows it.
 * Throws Failure with what the platform said.
 */
export async function syncAndWait(cli: Cli, platform: string, seconds: number): Promise<Sync> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const sync = await startSync(cli, platform)
    const left = (deadline - performance.now()) / 1000
    const failed = await syncsEnded(cli, platform, left, seconds)
    if (sync.accounts > 0 && failed)
      throw new Failure(`The sync of ${failed.subject} failed: ${failed.lastError ?? 'no reason was given'}`)
    if (sync.accounts > 0) return sync
    if (left <= 0) throw stillRunning(platform, seconds)
    await cli.io.pause(AGAIN_MS)
  }
}

/** Waits until none of the platform's syncs runs; the one that failed, if any. */
async function syncsEnded(cli: Cli, platform: string, left: number, seconds: number): Promise<Task | undefined> {
  const ours = ({ kind, subject }: Task): boolean => kind === 'sync' && subject.includes(platform)
  const tasks = await poll(
    cli,
    left,
    async () => (await cli.api().send<Page<Task>>({ path: '/v1/tasks' })).items,
    (seen) => !seen.some((task) => ours(task) && task.state !== 'failed'),
    () => stillRunning(platform, seconds),
  )
  return tasks.find((task) => ours(task) && task.state === 'failed')
}

const stillRunning = (platform: string, seconds: number): Failure =>
  new Failure(`The sync of ${platform} still runs after ${seconds} s`, {
    remedy: 'It goes on by itself: adflux tasks list',
  })
