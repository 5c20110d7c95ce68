import { status } from '@grpc/grpc-js'
import { codeOfHttp } from '#local/grpc.ts'
import {
  authorized,
  type Deadline,
  methodOf,
  type Outcome,
  type OutgoingRequest,
  ownHeaders,
  sendRequest,
} from '#local/standin/send-request.ts'
import { fromMs } from '#local/standin/wire.ts'
import type { Task, TaskProgress } from '#local/tasks/task.ts'
import type { TokenSigner } from '#local/tokens.ts'

/** Sends the task to its target once, as Cloud Tasks does, and answers what became of it. Never throws. */
export async function attempt(
  task: Task,
  { signer, deadline, stop }: { signer: TokenSigner; deadline: Deadline; stop: AbortSignal },
): Promise<Outcome> {
  const { url, httpRequest, deadlineMs } = task.spec
  const outgoing: OutgoingRequest = {
    url,
    method: methodOf(httpRequest),
    headers: { ...ownHeaders(httpRequest.headers, /^x-cloudtasks-/i), ...serviceHeaders(task) },
    body: httpRequest.body ? Buffer.from(httpRequest.body, 'base64') : undefined,
  }
  return sendRequest(await authorized(httpRequest, outgoing, signer), deadline(deadlineMs), stop)
}

// https://cloud.google.com/tasks/docs/creating-http-target-tasks#handler
function serviceHeaders({ spec, progress }: Task): Record<string, string> {
  const [queue, name] = spec.name.split('/tasks/')
  return {
    'User-Agent': 'Google-Cloud-Tasks',
    'X-CloudTasks-QueueName': queue?.split('/').at(-1) ?? '',
    'X-CloudTasks-TaskName': name ?? '',
    'X-CloudTasks-TaskRetryCount': String(progress.failures),
    'X-CloudTasks-TaskExecutionCount': String(progress.executions),
    'X-CloudTasks-TaskETA': (progress.dueAt / 1000).toFixed(3),
    ...(progress.previousResponse ? { 'X-CloudTasks-TaskPreviousResponse': String(progress.previousResponse) } : {}),
    ...(progress.retryReason ? { 'X-CloudTasks-TaskRetryReason': progress.retryReason } : {}),
  }
}

/** The progress after an attempt that was dispatched and answered at those virtual instants (ms) without success. */
export function afterFailure(
  progress: TaskProgress,
  outcome: Outcome,
  { scheduledAt, dispatchedAt, endedAt }: { scheduledAt: number; dispatchedAt: number; endedAt: number },
): TaskProgress {
  const { code, message } = statusOf(outcome)
  const answered = outcome.kind === 'answer'
  const { previousResponse: _, ...rest } = progress
  return {
    ...rest,
    failures: progress.failures + 1,
    responseCount: progress.responseCount + (answered ? 1 : 0),
    executions: progress.executions + (answered && outcome.httpStatus < 500 ? 1 : 0),
    ...(answered ? { previousResponse: outcome.httpStatus } : {}),
    retryReason: message,
    lastAttempt: {
      scheduleTime: fromMs(scheduledAt),
      dispatchTime: fromMs(dispatchedAt),
      responseTime: fromMs(endedAt),
      responseStatus: { code, message },
    },
  }
}

/** Whether the target took the task. */
export const succeeded = (outcome: Outcome): boolean =>
  outcome.kind === 'answer' && outcome.httpStatus >= 200 && outcome.httpStatus < 300

/** The outcome as google.rpc.Status. */
export function statusOf(outcome: Outcome): { code: number; message: string } {
  if (outcome.kind === 'deadline') return { code: status.DEADLINE_EXCEEDED, message: 'DEADLINE_EXCEEDED' }
  if (outcome.kind === 'unreachable') return { code: status.UNAVAILABLE, message: 'UNREACHABLE' }
  const code = codeOfHttp(outcome.httpStatus)
  return { code, message: `${status[code]}(${code}): HTTP status code ${outcome.httpStatus}` }
}

/** Milliseconds that a 429 or 503 asks to wait with Retry-After (seconds or a date of real time); 0 when it does not. */
export function retryAfterMs(outcome: Outcome): number {
  if (outcome.kind !== 'answer' || outcome.retryAfter === undefined) return 0
  if (outcome.httpStatus !== 429 && outcome.httpStatus !== 503) return 0
  const seconds = Number(outcome.retryAfter)
  const wait = Number.isNaN(seconds) ? Date.parse(outcome.retryAfter) - Date.now() : seconds * 1000
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}
