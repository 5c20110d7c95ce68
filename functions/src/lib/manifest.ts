import manifest from '../../functions.json' with { type: 'json' }

/** The one list of what is deployed (functions.json), as code asks it. */
export const settableSchedules = (): string[] =>
  Object.entries(manifest.schedules)
    .filter(([, schedule]) => schedule.settable)
    .map(([name]) => name)

/** The function that a queue's tasks are sent to: its namesake, unless the queue names another. */
export const functionOf = (queue: string): string =>
  (manifest.queues as Record<string, { function?: string }>)[queue]?.function ?? queue

/** The functions that may call this one themselves, each as its own service account; everything else is called by the invoker. */
export const callersOf = (name: string): string[] => {
  const { trigger } = (manifest.functions as Record<string, { trigger: { http?: { callers?: string[] } } }>)[name] ?? {}
  return trigger?.http?.callers ?? []
}

/** How many of a queue's tasks Cloud Tasks begins in a second, and how many run at once. */
export function paceOf(queue: string): { perSecond: number; atOnce: number } {
  const found = (manifest.queues as Record<string, Record<string, unknown>>)[queue]
  return {
    perSecond: Number(found?.maxDispatchesPerSecond ?? 1),
    atOnce: Number(found?.maxConcurrentDispatches ?? 1),
  }
}

/** Attempts that Cloud Tasks makes on a queue before it drops the task. */
export const maxAttempts = (queue: string): number =>
  (manifest.queues as Record<string, { maxAttempts: number }>)[queue]?.maxAttempts ?? 1

interface Backoff {
  minBackoffSeconds: number
  maxBackoffSeconds: number
  maxDoublings: number
}

/** Seconds that Cloud Tasks waits after a task's n-th attempt: doubled so many times, then longer by the same each time. */
export function backoffAfter(queue: string, attempt: number): number {
  const known = (manifest.queues as Record<string, Backoff>)[queue]
  if (!known) return 0
  const { minBackoffSeconds, maxBackoffSeconds, maxDoublings } = known
  const doublings = Math.min(attempt - 1, maxDoublings)
  return Math.min(maxBackoffSeconds, minBackoffSeconds * 2 ** doublings * (attempt - doublings))
}
