import type { Ports } from '#functions/ports/index.ts'

export interface TaskView {
  id: string
  kind: 'publish' | 'sync' | 'pull' | 'event'
  subject: string
  state: 'running' | 'waiting' | 'failed'
  attempts: number
  lastError: string | null
  wakeAt: string | null
}

const MOST = 100

/** Work that was given up (re-drivable), and work under way, of one organisation. */
export async function listTasks({ store }: Pick<Ports, 'store'>, org: string): Promise<TaskView[]> {
  const [letters, running, syncs] = await Promise.all([
    store.list(org, 'deadLetters', { where: { state: 'open' }, limit: MOST }),
    store.list(org, 'campaigns', { where: { status: ['PENDING', 'PROCESSING', 'DRAINING'] }, limit: MOST }),
    store.list(org, 'syncs', { where: { state: 'running' }, limit: MOST }),
  ])
  const channels = await store.getAll(
    org,
    'channels',
    running.items.flatMap((c) => c.platforms.map((p) => `${c.id}/${p}`)),
  )
  return [
    ...letters.items.map(
      (l): TaskView => ({
        id: l.id,
        kind: l.kind,
        subject: l.subject,
        state: 'failed',
        attempts: l.attempts,
        lastError: l.reason,
        wakeAt: null,
      }),
    ),
    ...channels.flatMap((c): TaskView[] =>
      c?.wakeAt
        ? [
            {
              id: c.id,
              kind: 'publish',
              subject: c.id,
              state: c.lease.owner ? 'running' : 'waiting',
              attempts: c.failures + 1,
              lastError: c.reason?.message ?? null,
              wakeAt: c.wakeAt,
            },
          ]
        : [],
    ),
    ...syncs.items.map(
      (s): TaskView => ({
        id: s.id,
        kind: 'sync',
        subject: s.id,
        state: 'running',
        attempts: s.failures + 1,
        lastError: s.lastError,
        wakeAt: s.wakeAt,
      }),
    ),
  ]
}
