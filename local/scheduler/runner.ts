import type { StackClock } from '#local/clock.ts'
import type { Log } from '#local/grpc.ts'
import { timetable } from '#local/scheduler/cron.ts'
import { type Delivery, deliver } from '#local/scheduler/deliver.ts'
import { backoffOf, type Execution, isExhausted, type JobRecord } from '#local/scheduler/job.ts'
import type { JobStore } from '#local/scheduler/job-store.ts'
import { backoffMs } from '#local/standin/backoff.ts'

/** Fires jobs when virtual time reaches their ticks. */
export interface Runner {
  /** Looks again: a job or the clock changed. */
  wake(): void
  /** Fires one job now, paused or not. */
  fire(job: JobRecord): void
  /** Ends the attempts under way, unrecorded: the next process makes them again. */
  stop(): void
}

const RECHECK_MS = 100

/** The runner of one store. A jump of the clock over many ticks of a job, or a time without a runner, fires it once. */
export function runner(store: JobStore, clock: StackClock, delivery: Omit<Delivery, 'stop'>, log: Log): Runner {
  const stopping = new AbortController()
  const running = new Map<JobRecord, number>()
  let timer: NodeJS.Timeout | undefined

  function wake(): void {
    if (stopping.signal.aborted) return
    clearTimeout(timer)
    let nextMs = Number.POSITIVE_INFINITY
    for (const job of store.jobs.values()) {
      // Two firings of a job never overlap: the one that ends looks again.
      if (job.state !== 'ENABLED' || running.has(job)) continue
      runDue(job)
      if (running.has(job)) continue
      const next = Math.min(job.nextTick ?? Number.POSITIVE_INFINITY, job.execution?.nextAttemptAt ?? Infinity)
      if (next < Number.POSITIVE_INFINITY) nextMs = Math.min(nextMs, RECHECK_MS, clock.realUntil(next))
    }
    if (nextMs < Number.POSITIVE_INFINITY) timer = setTimeout(wake, nextMs)
  }

  function runDue(job: JobRecord): void {
    const now = clock.now()
    const { nextTick, execution } = job
    if (nextTick !== undefined && nextTick <= now) {
      const ticks = timetable(job.spec.schedule, job.spec.timeZone)
      job.nextTick = ticks.next(now)
      // A new firing ends the retries of the one before.
      void run(job, begin(ticks.last(now) ?? nextTick, now))
    } else if (execution && execution.nextAttemptAt <= now) {
      void run(job, execution)
    }
  }

  const begin = (scheduledFor: number, now: number): Execution => ({
    scheduledFor,
    firstAttemptAt: now,
    failures: 0,
    nextAttemptAt: now,
  })

  async function run(job: JobRecord, execution: Execution): Promise<void> {
    running.set(job, (running.get(job) ?? 0) + 1)
    job.execution = execution
    job.lastAttemptAt = clock.now()
    store.save(job)
    const status = await deliver(job.spec, execution.scheduledFor, { ...delivery, stop: stopping.signal })
    if (stopping.signal.aborted) return
    const others = (running.get(job) ?? 1) - 1
    if (others > 0) running.set(job, others)
    else running.delete(job)
    if (store.jobs.get(job.spec.name) === job) settle(job, execution, status)
    wake()
  }

  function settle(job: JobRecord, execution: Execution, status: { code: number; message: string }): void {
    const now = clock.now()
    job.status = status
    if (status.code !== 0) {
      execution.failures += 1
      log(`Job ${job.spec.name} failed: ${status.message}`, { code: status.code, attempt: execution.failures })
      execution.nextAttemptAt = now + backoffMs(backoffOf(job.spec), execution.failures - 1)
    }
    const over =
      status.code === 0 ||
      job.state !== 'ENABLED' ||
      isExhausted(job.spec, execution.failures, now - execution.firstAttemptAt)
    if (over && job.execution === execution) job.execution = undefined
    store.save(job)
  }

  const stopListening = clock.onChange(wake)
  wake()

  return {
    wake,
    fire: (job) => {
      const now = clock.now()
      void run(job, begin(now, now))
    },
    stop: () => {
      stopListening()
      clearTimeout(timer)
      stopping.abort()
    },
  }
}
