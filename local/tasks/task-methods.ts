import { status } from '@grpc/grpc-js'
import type { StackClock } from '#local/clock.ts'
import { invalid, type Methods, notFound, Refusal } from '#local/grpc.ts'
import { page } from '#local/standin/wire.ts'
import { type Dispatcher, TASK_NAME_TAKEN_MS } from '#local/tasks/dispatcher.ts'
import { queueNamed } from '#local/tasks/queue-methods.ts'
import { readTask, showTask, type Task, type TaskView, type WireTask } from '#local/tasks/task.ts'
import type { Queue, TaskStore } from '#local/tasks/task-store.ts'

const LARGEST_PAGE = 1000

/** The methods of CloudTasks that are about tasks. */
export function taskMethods(store: TaskStore, dispatcher: Dispatcher, clock: StackClock): Methods {
  return {
    CreateTask: ({
      parent,
      task: wire = {},
      responseView,
    }: {
      parent?: string
      task?: WireTask
      responseView?: TaskView
    }) => {
      const queue = queueNamed(store, parent)
      const now = clock.now()
      const task = readTask(wire, queue.spec.name, store.nextSeq(), now)
      const { name } = task.spec
      if (queue.tasks.has(name)) throw new Refusal(status.ALREADY_EXISTS, `Task ${name} already exists`)
      if (store.isTaken(name, now)) {
        throw new Refusal(status.ALREADY_EXISTS, `A task named ${name} ran or was deleted less than an hour ago`)
      }
      store.addTask(queue, task)
      // Shown before it is sent: an attempt of the same moment would already count.
      const shown = showTask(task, responseView)
      dispatcher.wake()
      return shown
    },
    GetTask: ({ name, responseView }: { name?: string; responseView?: TaskView }) =>
      showTask(taskNamed(store, name).task, responseView),
    ListTasks: (request: { parent?: string; responseView?: TaskView; pageSize?: number; pageToken?: string }) => {
      const queue = queueNamed(store, request.parent)
      const { items, nextPageToken } = page([...queue.tasks.values()], orderOf, request, LARGEST_PAGE)
      return { tasks: items.map((task) => showTask(task, request.responseView)), nextPageToken }
    },
    DeleteTask: ({ name }: { name?: string }) => {
      const { queue, task } = taskNamed(store, name)
      store.dropTask(queue, task, clock.now() + TASK_NAME_TAKEN_MS)
      return {}
    },
    RunTask: ({ name, responseView }: { name?: string; responseView?: TaskView }) => {
      const { queue, task } = taskNamed(store, name)
      dispatcher.force(queue, task)
      return showTask(task, responseView)
    },
  }
}

const orderOf = ({ spec }: Task): string => String(spec.seq).padStart(16, '0')

function taskNamed(store: TaskStore, name = ''): { queue: Queue; task: Task } {
  if (!name.includes('/tasks/')) throw invalid(`A task's name must be QUEUE/tasks/TASK, found "${name}"`)
  const queue = queueNamed(store, name.split('/tasks/')[0])
  const task = queue.tasks.get(name)
  if (!task) throw notFound(`Task ${name} does not exist; it may have run already`)
  return { queue, task }
}
