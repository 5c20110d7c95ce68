import { openJournal } from '#local/standin/journal.ts'
import type { QueueSpec } from '#local/tasks/queue.ts'
import type { Task, TaskProgress, TaskSpec } from '#local/tasks/task.ts'
import { type TokenBucket, tokenBucket } from '#local/tasks/token-bucket.ts'

/** A queue in memory. */
export interface Queue {
  spec: QueueSpec
  /** By name, in order of creation. */
  tasks: Map<string, Task>
  /** Those that wait for their time, the next one first. */
  waiting: Task[]
  running: number
  bucket: TokenBucket
}

/** Queues and tasks, in memory and in the journal; every change is written before it returns. */
export interface TaskStore {
  queues: Map<string, Queue>
  nextSeq(): number
  saveQueue(spec: QueueSpec): Queue
  /** Removes the queue with its tasks; its name stays taken until `until`, virtual milliseconds. */
  dropQueue(queue: Queue, until: number): void
  addTask(queue: Queue, task: Task): void
  saveProgress(task: Task): void
  /** Puts the task in line for `progress.dueAt`, which it sets and saves. */
  wait(queue: Queue, task: Task, dueAt: number): void
  /** Takes it out of the line. */
  stopWaiting(queue: Queue, task: Task): void
  /** Forgets the task; a name that the caller chose stays taken until `until`, virtual milliseconds. */
  dropTask(queue: Queue, task: Task, until: number): void
  /** Whether a queue or task of that name is gone too recently for another one. */
  isTaken(name: string, now: number): boolean
  close(): void
}

/** The store whose journal is `file`. A task that was under way when the last process ended waits again. */
export function openTaskStore(file: string, realNow: () => number): TaskStore {
  const journal = openJournal(file, 'Cloud Tasks')
  const queues = new Map<string, Queue>()
  const taken = new Map<string, number>()
  let seq = 0

  const queueFor = (spec: QueueSpec): Queue => {
    const { maxDispatchesPerSecond, maxBurstSize } = spec.rateLimits
    const known = queues.get(spec.name)
    if (known) {
      known.spec = spec
      known.bucket.resize(maxDispatchesPerSecond, maxBurstSize)
      return known
    }
    const bucket = tokenBucket(maxDispatchesPerSecond, maxBurstSize, realNow)
    const queue = { spec, tasks: new Map(), waiting: [], running: 0, bucket }
    queues.set(spec.name, queue)
    return queue
  }

  const forget = (task: Task): void => {
    journal.drop(`task:${task.spec.name}`)
    journal.drop(`progress:${task.spec.name}`)
  }

  const take = (name: string, until: number): void => {
    taken.delete(name)
    taken.set(name, until)
    journal.put(`taken:${name}`, until)
  }

  const store: TaskStore = {
    queues,
    nextSeq: () => {
      seq += 1
      return seq
    },
    saveQueue: (spec) => {
      journal.put(`queue:${spec.name}`, spec)
      return queueFor(spec)
    },
    dropQueue: (queue, until) => {
      for (const task of queue.tasks.values()) forget(task)
      queue.tasks.clear()
      queue.waiting = []
      queues.delete(queue.spec.name)
      journal.drop(`queue:${queue.spec.name}`)
      take(queue.spec.name, until)
    },
    addTask: (queue, task) => {
      journal.put(`task:${task.spec.name}`, task.spec)
      queue.tasks.set(task.spec.name, task)
      store.wait(queue, task, task.progress.dueAt)
    },
    saveProgress: (task) => journal.put(`progress:${task.spec.name}`, task.progress),
    wait: (queue, task, dueAt) => {
      store.stopWaiting(queue, task)
      task.progress.dueAt = dueAt
      queue.waiting.splice(placeOf(queue.waiting, task), 0, task)
      store.saveProgress(task)
    },
    stopWaiting: (queue, task) => {
      const place = placeOf(queue.waiting, task)
      if (queue.waiting[place] === task) queue.waiting.splice(place, 1)
    },
    dropTask: (queue, task, until) => {
      store.stopWaiting(queue, task)
      queue.tasks.delete(task.spec.name)
      // The name first: a process that ends between the two lines must not leave it free.
      if (task.spec.named) take(task.spec.name, until)
      forget(task)
    },
    isTaken: (name, now) => {
      dropPast(now)
      return (taken.get(name) ?? 0) > now
    },
    close: () => journal.close(),
  }

  function dropPast(now: number): void {
    for (const [name, until] of taken) {
      // Insertion order is nearly order of expiry: queues stay longer, and hold up nothing that matters.
      if (until > now) break
      taken.delete(name)
      journal.drop(`taken:${name}`)
    }
  }

  restore(journal.records, queueFor, taken)
  for (const queue of queues.values()) for (const task of queue.tasks.values()) seq = Math.max(seq, task.spec.seq)
  return store
}

/** Where `task` stands, or belongs, in a line ordered by time due and then by creation. */
function placeOf(line: Task[], task: Task): number {
  let low = 0
  let high = line.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = line[middle]
    if (other && comesBefore(other, task)) low = middle + 1
    else high = middle
  }
  return low
}

const comesBefore = (a: Task, b: Task): boolean =>
  a.progress.dueAt < b.progress.dueAt || (a.progress.dueAt === b.progress.dueAt && a.spec.seq < b.spec.seq)

function restore(
  records: ReadonlyMap<string, unknown>,
  queueFor: (spec: QueueSpec) => Queue,
  taken: Map<string, number>,
): void {
  const queues = new Map<string, Queue>()
  for (const [key, value] of records) {
    if (key.startsWith('queue:')) queues.set(key.slice('queue:'.length), queueFor(value as QueueSpec))
    if (key.startsWith('taken:')) taken.set(key.slice('taken:'.length), value as number)
  }
  for (const [key, value] of records) {
    if (!key.startsWith('task:')) continue
    const spec = value as TaskSpec
    const queue = queues.get(spec.name.split('/tasks/')[0] ?? '')
    const progress = records.get(`progress:${spec.name}`) as TaskProgress | undefined
    // A spec without progress was cut off before CreateTask answered.
    if (!queue || !progress) continue
    const task = { spec, progress, running: 0 }
    queue.tasks.set(spec.name, task)
    queue.waiting.push(task)
  }
  for (const queue of queues.values()) queue.waiting.sort((a, b) => (comesBefore(a, b) ? -1 : 1))
}
