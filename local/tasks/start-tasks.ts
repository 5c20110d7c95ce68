import type { StackClock } from '#local/clock.ts'
import { type Log, loadService, type RunningServer, serveGrpc } from '#local/grpc.ts'
import type { Deadline } from '#local/standin/send-request.ts'
import { dispatcher } from '#local/tasks/dispatcher.ts'
import { queueMethods } from '#local/tasks/queue-methods.ts'
import { taskMethods } from '#local/tasks/task-methods.ts'
import { openTaskStore } from '#local/tasks/task-store.ts'
import type { TokenSigner } from '#local/tokens.ts'

export interface TasksOptions {
  /** 0 takes a free one. */
  port: number
  /** Queues and tasks live here; what was accepted survives the process. */
  stateFile: string
  clock: StackClock
  signer: TokenSigner
  log?: Log
  /** How a dispatch deadline (real milliseconds) ends a request; AbortSignal.timeout unless a test replaces it. */
  deadline?: Deadline
  /** Milliseconds that the rate limits count; Date.now unless a test replaces it. */
  realNow?: () => number
}

/**
 * A Cloud Tasks on this machine: google.cloud.tasks.v2 over gRPC on 127.0.0.1, for the unmodified client. HTTP tasks only;
 * no system throttling beyond Retry-After, no IAM, no filter on ListQueues.
 */
export function startTasks(options: TasksOptions): Promise<RunningServer> {
  const { port, stateFile, clock, signer, log = () => {}, deadline = AbortSignal.timeout, realNow = Date.now } = options
  const service = loadService(
    '@google-cloud/tasks',
    'google/cloud/tasks/v2/cloudtasks.proto',
    'google.cloud.tasks.v2.CloudTasks',
  )
  const open = () => {
    const store = openTaskStore(stateFile, realNow)
    const sender = dispatcher(store, clock, { signer, deadline, log })
    return {
      methods: { ...queueMethods(store, sender, clock), ...taskMethods(store, sender, clock) },
      close: () => {
        sender.stop()
        store.close()
      },
    }
  }
  return serveGrpc({ port, service, open, log })
}
