import type { Cli } from './cli.ts'
import { Failure } from './failure.ts'
import type { Page } from './page.ts'
import { poll } from './wait.ts'

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

/** Resolves with the platform's syncs that failed, when none is running any more. */
export async function waitForSync(cli: Cli, platform: string, seconds: number): Promise<Task[]> {
  const ours = ({ kind, subject, id }: Task): boolean => kind === 'sync' && `${subject} ${id}`.includes(platform)
  const running = (tasks: Task[]): boolean => tasks.some((task) => ours(task) && task.state !== 'failed')
  const tasks = await poll(
    cli,
    seconds,
    async () => (await cli.api().send<Page<Task>>({ path: '/v1/tasks', query: { limit: 200 } })).items,
    (seen) => !running(seen),
    () =>
      new Failure(`The sync of ${platform} still runs after ${seconds} s`, {
        remedy: 'It goes on by itself: adflux tasks list',
      }),
  )
  return tasks.filter((task) => ours(task) && task.state === 'failed')
}
