import { join } from 'node:path'
import { CloudTasksClient } from '@google-cloud/tasks'
import { expect, onTestFinished } from 'vitest'
import type { StackClock } from '#local/clock.ts'
import { startTasks, type TasksOptions } from '#local/tasks/start-tasks.ts'
import { localSigner } from '#local/tokens.ts'
import { clientOptions, eventually, frozenClock, stateFolder } from '#tests/contract/local/world.ts'

export const LOCATION = 'projects/demo-adflux/locations/us-central1'
export const QUEUE = `${LOCATION}/queues/publish-meta`
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const WEEK = 7 * 24 * HOUR

type QueueInput = Parameters<CloudTasksClient['createQueue']>[0] extends infer R
  ? NonNullable<NonNullable<R> extends { queue?: infer Q } ? Q : never>
  : never

interface Running {
  client: CloudTasksClient
  port: number
  stop(): Promise<void>
}

export async function run(folder: string, clock: StackClock, extra: Partial<TasksOptions> = {}): Promise<Running> {
  const signer = await localSigner(join(folder, 'key.json'))
  const server = await startTasks({ port: 0, stateFile: join(folder, 'tasks.jsonl'), clock, signer, ...extra })
  const client = new CloudTasksClient(clientOptions(server.port))
  let stopped = false
  const stop = async (): Promise<void> => {
    if (stopped) return
    stopped = true
    await client.close()
    await server.stop()
  }
  onTestFinished(stop)
  return { client, port: server.port, stop }
}

export async function world(queue: QueueInput = {}, extra: Partial<TasksOptions> = {}) {
  const folder = stateFolder()
  const clock = frozenClock(folder)
  const { client, port, stop } = await run(folder, clock, extra)
  await client.createQueue({ parent: LOCATION, queue: { name: QUEUE, ...queue } })
  return { folder, clock, client, port, stop, restart: () => stop().then(() => run(folder, clock, extra)) }
}

export const secondsOf = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(time?.seconds) + (time?.nanos ?? 0) / 1e9
export const inMs = (clock: StackClock, ms: number) => ({ seconds: Math.ceil((clock.now() + ms) / 1000) })
export const add = async (client: CloudTasksClient, url: string, task: object = {}, httpRequest: object = {}) =>
  (await client.createTask({ parent: QUEUE, task: { httpRequest: { url, ...httpRequest }, ...task } }))[0]
export const names = async (client: CloudTasksClient): Promise<string[]> =>
  (await client.listTasks({ parent: QUEUE }))[0].map(({ name }) => name?.split('/').at(-1) ?? '')

/** The time (s) at which the task waits to be sent again. */
export async function eventuallyDue(client: CloudTasksClient, name: string | null | undefined, clock: StackClock) {
  let due = 0
  await eventually(async () => {
    const [task] = await client.getTask({ name: name ?? '' })
    due = secondsOf(task.scheduleTime)
    expect(due * 1000).toBeGreaterThan(clock.now())
  })
  return due
}
