import { invalid, unimplemented, type WireTime } from '#local/grpc.ts'
import { checkRequest, methodOf, type WireRequest } from '#local/standin/send-request.ts'
import { fromMs, toMs } from '#local/standin/wire.ts'

/** google.cloud.tasks.v2.Task as the clients send it; bytes are base64. */
export interface WireTask {
  name?: string | undefined
  appEngineHttpRequest?: object | undefined
  httpRequest?: (WireRequest & { url?: string | undefined }) | undefined
  scheduleTime?: WireTime | undefined
  dispatchDeadline?: WireTime | undefined
}

/** What never changes in a task. */
export interface TaskSpec {
  name: string
  /** Whether the caller chose the name, which is then remembered for an hour after the task is gone. */
  named: boolean
  /** Order of creation over all queues. */
  seq: number
  /** Virtual milliseconds. */
  createdAt: number
  url: string
  httpRequest: WireRequest
  deadlineMs: number
}

/** google.cloud.tasks.v2.Attempt. */
export interface Attempt {
  scheduleTime?: WireTime
  dispatchTime: WireTime
  responseTime?: WireTime
  responseStatus?: { code: number; message: string }
}

/** What its attempts change. Instants are virtual milliseconds. */
export interface TaskProgress {
  dueAt: number
  dispatchCount: number
  responseCount: number
  /** Attempts that ended without success: X-CloudTasks-TaskRetryCount. */
  failures: number
  /** Answers other than 5xx: X-CloudTasks-TaskExecutionCount. */
  executions: number
  firstDispatchAt?: number
  lastAttempt?: Attempt
  previousResponse?: number
  retryReason?: string
}

/** A task in memory. */
export interface Task {
  spec: TaskSpec
  progress: TaskProgress
  /** Attempts under way; more than one only when RunTask forced one. */
  running: number
}

export type TaskView = 'VIEW_UNSPECIFIED' | 'BASIC' | 'FULL' | undefined

const MOST_BYTES = 100 * 1024
const SHORTEST_DEADLINE_MS = 15_000
const LONGEST_DEADLINE_MS = 30 * 60_000
const DEFAULT_DEADLINE_MS = 10 * 60_000
const FURTHEST_MS = 30 * 24 * 3_600_000

/** The task that a CreateTask request describes; refuses what Cloud Tasks refuses. `now` is virtual milliseconds. */
export function readTask(wire: WireTask, queue: string, seq: number, now: number): Task {
  if (wire.appEngineHttpRequest) throw unimplemented('App Engine tasks are not served locally; use task.http_request')
  const request = wire.httpRequest
  if (!request) throw invalid('task.http_request is required')
  const { url = '', ...httpRequest } = request
  checkRequest(httpRequest, url, 'task.http_request.url')
  if (JSON.stringify(request).length > MOST_BYTES)
    throw invalid('The task is larger than 100 KB; pass a reference instead')

  const deadlineMs = toMs(wire.dispatchDeadline, DEFAULT_DEADLINE_MS)
  if (deadlineMs < SHORTEST_DEADLINE_MS || deadlineMs > LONGEST_DEADLINE_MS) {
    throw invalid(`task.dispatch_deadline must lie between 15 s and 30 min, found ${deadlineMs / 1000} s`)
  }
  const dueAt = Math.max(now, toMs(wire.scheduleTime, now))
  if (dueAt > now + FURTHEST_MS) throw invalid('task.schedule_time must not be more than 30 days ahead')

  return {
    spec: {
      name: wire.name ? checkName(wire.name, queue) : `${queue}/tasks/${randomId(seq)}`,
      named: Boolean(wire.name),
      seq,
      createdAt: now,
      url,
      httpRequest,
      deadlineMs,
    },
    progress: { dueAt, dispatchCount: 0, responseCount: 0, failures: 0, executions: 0 },
    running: 0,
  }
}

/** The task as it is shown: the basic view is without body. */
export function showTask({ spec, progress }: Task, view: TaskView): object {
  const { body, ...basic } = spec.httpRequest
  const httpRequest = { ...basic, url: spec.url, httpMethod: methodOf(basic) }
  const { firstDispatchAt } = progress
  return {
    name: spec.name,
    httpRequest: view === 'FULL' ? { ...httpRequest, body } : httpRequest,
    scheduleTime: fromMs(progress.dueAt),
    createTime: fromMs(Math.floor(spec.createdAt / 1000) * 1000),
    dispatchDeadline: fromMs(spec.deadlineMs),
    dispatchCount: progress.dispatchCount,
    responseCount: progress.responseCount,
    firstAttempt: firstDispatchAt === undefined ? undefined : { dispatchTime: fromMs(firstDispatchAt) },
    lastAttempt: progress.lastAttempt,
    view: view === 'FULL' ? 'FULL' : 'BASIC',
  }
}

function checkName(name: string, queue: string): string {
  const prefix = `${queue}/tasks/`
  if (!name.startsWith(prefix) || !/^[A-Za-z0-9_-]{1,500}$/.test(name.slice(prefix.length))) {
    throw invalid(`task.name must be ${prefix} and 1 to 500 letters, digits, hyphens or underscores, found "${name}"`)
  }
  return name
}

const randomId = (seq: number): string => `${Math.floor(Math.random() * 1e15)}${String(seq).padStart(5, '0')}`
