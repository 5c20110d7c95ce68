import { status } from '@grpc/grpc-js'
import type { StackClock } from '#local/clock.ts'
import { invalid, type Methods, notFound, Refusal, unimplemented } from '#local/grpc.ts'
import { applyMask, fromMs, page } from '#local/standin/wire.ts'
import type { Dispatcher } from '#local/tasks/dispatcher.ts'
import { TASK_NAME_TAKEN_MS } from '#local/tasks/dispatcher.ts'
import { QUEUE_FIELDS, type QueueSpec, readQueue, type WireQueue } from '#local/tasks/queue.ts'
import type { Queue, TaskStore } from '#local/tasks/task-store.ts'

const QUEUE_NAME_TAKEN_MS = 7 * 24 * 3_600_000
const LARGEST_PAGE = 9800

/** The methods of CloudTasks that are about queues. */
export function queueMethods(store: TaskStore, dispatcher: Dispatcher, clock: StackClock): Methods {
  const create = (wire: WireQueue, parent: string): QueueSpec => {
    const name = checkQueueName(wire.name, parent)
    if (store.queues.has(name)) throw new Refusal(status.ALREADY_EXISTS, `Queue ${name} already exists`)
    if (store.isTaken(name, clock.now())) {
      throw new Refusal(
        status.FAILED_PRECONDITION,
        `Queue ${name} was deleted less than 7 days ago; choose another name`,
      )
    }
    return store.saveQueue({ ...readQueue(wire, name), state: 'RUNNING' }).spec
  }

  const update = ({ spec }: Queue, wire: WireQueue, paths: string[]): QueueSpec => {
    const { purgeTime, state, name } = spec
    const wanted = paths.length === 0 ? wire : applyMask<WireQueue>(asWire(spec), wire, paths, QUEUE_FIELDS)
    return store.saveQueue({ ...readQueue(wanted, name), purgeTime, state }).spec
  }

  const setState = (name: string | undefined, state: QueueSpec['state']): QueueSpec => {
    const { spec } = store.saveQueue({ ...queueNamed(store, name).spec, state })
    dispatcher.wake()
    return spec
  }

  return {
    ListQueues: (request: { parent?: string; filter?: string; pageSize?: number; pageToken?: string }) => {
      const parent = checkLocation(request.parent)
      if (request.filter) throw unimplemented('The local Cloud Tasks lists queues without a filter')
      const specs = [...store.queues.values()].map(({ spec }) => spec)
      const here = specs.filter(({ name }) => name.startsWith(`${parent}/queues/`))
      here.sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items: queues, nextPageToken } = page(here, ({ name }) => name, request, LARGEST_PAGE)
      return { queues, nextPageToken }
    },
    GetQueue: ({ name }: { name?: string }) => queueNamed(store, name).spec,
    CreateQueue: ({ parent, queue }: { parent?: string; queue?: WireQueue }) =>
      create(queue ?? {}, checkLocation(parent)),
    UpdateQueue: ({ queue = {}, updateMask }: { queue?: WireQueue; updateMask?: { paths?: string[] } }) => {
      const known = store.queues.get(queue.name ?? '')
      const spec = known
        ? update(known, queue, updateMask?.paths ?? [])
        : create(queue, checkLocation(queue.name?.split('/queues/')[0]))
      dispatcher.wake()
      return spec
    },
    DeleteQueue: ({ name }: { name?: string }) => {
      store.dropQueue(queueNamed(store, name), clock.now() + QUEUE_NAME_TAKEN_MS)
      return {}
    },
    PurgeQueue: ({ name }: { name?: string }) => {
      const queue = queueNamed(store, name)
      const now = clock.now()
      for (const task of [...queue.tasks.values()]) store.dropTask(queue, task, now + TASK_NAME_TAKEN_MS)
      return store.saveQueue({ ...queue.spec, purgeTime: fromMs(now) }).spec
    },
    PauseQueue: ({ name }: { name?: string }) => setState(name, 'PAUSED'),
    ResumeQueue: ({ name }: { name?: string }) => setState(name, 'RUNNING'),
  }
}

/** The queue of that full name; NOT_FOUND when there is none. */
export function queueNamed(store: TaskStore, name: string | undefined): Queue {
  const queue = store.queues.get(name ?? '')
  if (queue) return queue
  checkQueueName(name, name?.split('/queues/')[0] ?? '')
  throw notFound(`Queue ${name} does not exist; create it first`)
}

const asWire = ({ rateLimits, retryConfig, stackdriverLoggingConfig }: QueueSpec): WireQueue => ({
  rateLimits,
  retryConfig,
  stackdriverLoggingConfig,
})

function checkLocation(parent: string | undefined): string {
  if (parent && /^projects\/[^/]+\/locations\/[^/]+$/.test(parent)) return parent
  throw invalid(`A location must be projects/PROJECT/locations/LOCATION, found "${parent ?? ''}"`)
}

function checkQueueName(name: string | undefined, parent: string): string {
  const prefix = `${checkLocation(parent)}/queues/`
  if (name?.startsWith(prefix) && /^[A-Za-z0-9-]{1,100}$/.test(name.slice(prefix.length))) return name
  throw invalid(`A queue's name must be ${prefix} and 1 to 100 letters, digits or hyphens, found "${name ?? ''}"`)
}
