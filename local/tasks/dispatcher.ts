import type { StackClock } from '#local/clock.ts'
import type { Log } from '#local/grpc.ts'
import { backoffMs } from '#local/standin/backoff.ts'
import type { Deadline, Outcome } from '#local/standin/send-request.ts'
import { fromMs } from '#local/standin/wire.ts'
import { afterFailure, attempt, retryAfterMs, succeeded } from '#local/tasks/attempt.ts'
import { backoffOf, isExhausted } from '#local/tasks/queue.ts'
import type { Task } from '#local/tasks/task.ts'
import type { Queue, TaskStore } from '#local/tasks/task-store.ts'
import type { TokenSigner } from '#local/tokens.ts'

/** Sends tasks to their targets when they are due and their queue allows it. */
export interface Dispatcher {
  /** Looks again: a task, a limit, a state or the clock changed. */
  wake(): void
  /** Sends one task now, whatever its queue allows. */
  force(queue: Queue, task: Task): void
  /** Ends the attempts under way, unrecorded: their tasks are sent again by the next process. */
  stop(): void
}

/** How long a name stays taken after its task is gone. Virtual milliseconds. */
export const TASK_NAME_TAKEN_MS = 3_600_000

const RECHECK_MS = 100
const LONGEST_LIFE_MS = 31 * 24 * 3_600_000

/** The dispatcher of one store. Due times and waits are virtual, rate limits and deadlines real. */
export function dispatcher(
  store: TaskStore,
  clock: StackClock,
  { signer, deadline, log }: { signer: TokenSigner; deadline: Deadline; log: Log },
): Dispatcher {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined

  function wake(): void {
    if (stopping.signal.aborted) return
    clearTimeout(timer)
    let nextMs = Number.POSITIVE_INFINITY
    for (const queue of store.queues.values()) nextMs = Math.min(nextMs, sendDue(queue))
    // Another process may move the clock, so a task in a year is still looked at ten times a second.
    if (nextMs < Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.min(nextMs, RECHECK_MS))
  }

  /** Answers the real milliseconds after which this queue wants to be looked at again. */
  function sendDue(queue: Queue): number {
    if (queue.spec.state !== 'RUNNING') return Number.POSITIVE_INFINITY
    const now = clock.now()
    for (;;) {
      const next = queue.waiting[0]
      // A queue that is full looks again when one of its attempts ends.
      if (!next || queue.running >= queue.spec.rateLimits.maxConcurrentDispatches) return Number.POSITIVE_INFINITY
      if (next.progress.dueAt > now) return Math.min(RECHECK_MS, clock.realUntil(next.progress.dueAt))
      if (!queue.bucket.take()) return queue.bucket.msUntilToken()
      queue.waiting.shift()
      void send(queue, next, undefined)
    }
  }

  async function send(queue: Queue, task: Task, forcedAt: number | undefined): Promise<void> {
    const { progress } = task
    const times = { scheduledAt: progress.dueAt, dispatchedAt: clock.now() }
    queue.running += 1
    task.running += 1
    progress.dispatchCount += 1
    progress.firstDispatchAt ??= times.dispatchedAt
    progress.lastAttempt = { scheduleTime: fromMs(times.scheduledAt), dispatchTime: fromMs(times.dispatchedAt) }
    store.saveProgress(task)

    const outcome = await attempt(task, { signer, deadline, stop: stopping.signal })
    if (stopping.signal.aborted) return
    queue.running -= 1
    task.running -= 1
    // Deleted, purged, or finished by another attempt meanwhile.
    if (queue.tasks.get(task.spec.name) === task) settle(queue, task, outcome, { ...times, forcedAt })
    wake()
  }

  function settle(
    queue: Queue,
    task: Task,
    outcome: Outcome,
    times: { scheduledAt: number; dispatchedAt: number; forcedAt: number | undefined },
  ): void {
    const now = clock.now()
    if (!succeeded(outcome)) {
      task.progress = afterFailure(task.progress, outcome, { ...times, endedAt: now })
      const { failures, firstDispatchAt = now, retryReason } = task.progress
      const tooOld = now - task.spec.createdAt > LONGEST_LIFE_MS
      if (!tooOld && !isExhausted(queue.spec, failures, now - firstDispatchAt)) {
        const wait = Math.max(backoffMs(backoffOf(queue.spec), failures - 1), retryAfterMs(outcome))
        store.wait(queue, task, (times.forcedAt ?? now) + wait)
        return
      }
      log(`Task ${task.spec.name} is given up after ${failures} attempts`, { reason: retryReason })
    }
    store.dropTask(queue, task, now + TASK_NAME_TAKEN_MS)
  }

  const stopListening = clock.onChange(wake)
  wake()

  return {
    wake,
    force: (queue, task) => {
      store.stopWaiting(queue, task)
      void send(queue, task, clock.now())
    },
    stop: () => {
      stopListening()
      clearTimeout(timer)
      stopping.abort()
    },
  }
}
