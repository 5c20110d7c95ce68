import type { DomainEvent } from '#domain/event.ts'
import { maxAttempts, paceOf } from '#functions/lib/manifest.ts'
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

/** One queue's pace, from functions.json: work begins in order, so many in a second, so many at once. */
function paced(time: Timeline, { perSecond, atOnce }: ReturnType<typeof paceOf>) {
  const waiting: (() => void)[] = []
  let running = 0
  let nextAt = 0
  let looking = false

  function begin(): void {
    while (running < atOnce && time.now() >= nextAt) {
      const next = waiting.shift()
      if (!next) return
      running++
      nextAt = time.now() + 1000 / perSecond
      next()
    }
    if (looking || waiting.length === 0 || running >= atOnce) return
    looking = true
    time.after(Math.ceil(nextAt - time.now()), () => {
      looking = false
      begin()
    })
  }
  return {
    enter(run: () => void): void {
      waiting.push(run)
      begin()
    },
    leave(): void {
      running--
      begin()
    },
  }
}

/** Cloud Tasks: at least once, at the queue's pace; a name is taken for an hour, backoff, and the task is dropped after the last attempt. */
export function cloudTasks({ time, random, duplicate, deliver }: Options<TaskRequest>): Tasks & Pending {
  const names = new Map<string, number>()
  const sent: string[] = []
  const paces = new Map<string, ReturnType<typeof paced>>()
  let pending = 0

  const paceIn = (queue: string): ReturnType<typeof paced> => {
    const pace = paces.get(queue) ?? paced(time, paceOf(queue))
    paces.set(queue, pace)
    return pace
  }

  const attempt = (task: TaskRequest, number: number): void => paceIn(task.queue).enter(() => dispatch(task, number))

  function dispatch(task: TaskRequest, number: number): void {
    const last = number >= maxAttempts(task.queue)
    let over = false
    const end = (ok: boolean): void => {
      if (over) return
      over = true
      paceIn(task.queue).leave()
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
