import type { DomainEvent } from '#domain/event.ts'
import { maxAttempts } from '#functions/lib/manifest.ts'
import type { Events, TaskRequest, Tasks } from '#functions/ports/index.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** True = 2xx. */
type Deliver<T> = (what: T, last: boolean) => Promise<boolean>

interface Options<T> {
  time: Timeline
  random: Random
  /** Chance that a delivery is made twice, now. */
  duplicate: () => number
  deliver: Deliver<T>
}

/** How long a name stays taken after its task is gone. */
const NAME_TAKEN_MS = 3_600_000
/** After this Cloud Tasks takes a call for failed and makes it again, whether or not the first one still runs. */
const DISPATCH_DEADLINE_MS = 120_000

export interface Pending {
  /** Tasks or messages that are not done with. */
  pending(): number
  /** Everything that ever went through, as it was sent. */
  sent: string[]
}

/** Cloud Tasks: at least once, a name is taken for an hour, backoff, and the task is dropped after the last attempt. */
export function cloudTasks({ time, random, duplicate, deliver }: Options<TaskRequest>): Tasks & Pending {
  const names = new Map<string, number>()
  const sent: string[] = []
  let pending = 0

  function attempt(task: TaskRequest, number: number): void {
    const last = number >= maxAttempts(task.queue === 'publish-meta' ? task.queue : 'publish-meta')
    let over = false
    const end = (ok: boolean): void => {
      if (over) return
      over = true
      if (ok || last) pending--
      else time.after(backoffMs(number) + random.between(0, 1000), () => attempt(task, number + 1))
    }
    const call = () => deliver(task, last).then(end, () => end(false))
    void call()
    time.after(DISPATCH_DEADLINE_MS, () => end(false))
    if (random.chance(duplicate())) time.after(random.between(0, 30_000), () => void deliver(task, last))
  }

  return {
    sent,
    pending: () => pending,
    async enqueue(task) {
      sent.push(JSON.stringify(task))
      const taken = names.get(task.name)
      if (taken !== undefined && time.now() - taken < NAME_TAKEN_MS) return
      names.set(task.name, time.now())
      pending++
      const wait = task.runAt ? Math.max(0, Date.parse(task.runAt) - time.now()) : 0
      time.after(wait + random.between(10, 2000), () => attempt(task, 1))
    },
  }
}

/** functions.json: 5 s, doubled five times, at most 600 s. */
const backoffMs = (attempt: number): number => 5000 * 2 ** Math.min(attempt - 1, 5)

/** Pub/Sub push: at least once, in no order, again and again until it is acknowledged. */
export function pubsub({ time, random, duplicate, deliver }: Options<DomainEvent>): Events & Pending {
  const sent: string[] = []
  let pending = 0

  function attempt(event: DomainEvent, number: number): void {
    const again = (ok: boolean): void => {
      if (ok) pending--
      else time.after(10_000 * 2 ** Math.min(number - 1, 4), () => attempt(event, number + 1))
    }
    deliver(event, false).then(again, () => again(false))
    if (random.chance(duplicate())) time.after(random.between(0, 60_000), () => void deliver(event, false))
  }

  return {
    sent,
    pending: () => pending,
    async publish(events) {
      for (const event of events) {
        sent.push(JSON.stringify(event))
        pending++
        time.after(random.between(10, duplicate() > 0 ? 20_000 : 100), () => attempt(event, 1))
      }
    },
  }
}
