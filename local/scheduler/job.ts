import { invalid, unimplemented, type WireTime } from '#local/grpc.ts'
import type { Backoff } from '#local/standin/backoff.ts'
import { checkRequest, type WireRequest } from '#local/standin/send-request.ts'
import { fromMs, toMs } from '#local/standin/wire.ts'

/** The part of google.cloud.scheduler.v1.Job that its user decides; bytes are base64. */
export interface WireJob {
  name?: string | undefined
  description?: string | undefined
  pubsubTarget?: { topicName?: string; data?: string; attributes?: Record<string, string> } | undefined
  appEngineHttpTarget?: object | undefined
  httpTarget?: (WireRequest & { uri?: string | undefined }) | undefined
  schedule?: string | undefined
  timeZone?: string | undefined
  retryConfig?:
    | {
        retryCount?: number | undefined
        maxRetryDuration?: WireTime | undefined
        minBackoffDuration?: WireTime | undefined
        maxBackoffDuration?: WireTime | undefined
        maxDoublings?: number | undefined
      }
    | undefined
  attemptDeadline?: WireTime | undefined
}

/** What UpdateJob's mask may name. */
export const JOB_FIELDS = {
  updatable: [
    'description',
    'pubsub_target',
    'http_target',
    'app_engine_http_target',
    'schedule',
    'time_zone',
    'retry_config',
    'attempt_deadline',
  ],
  outputOnly: ['name', 'user_update_time', 'state', 'status', 'schedule_time', 'last_attempt_time'],
}

/** A job as it is kept: defaults decided, exactly one target. */
export interface JobSpec extends WireJob {
  name: string
  schedule: string
  timeZone: string
  retryConfig: NonNullable<WireJob['retryConfig']>
}

/** One firing that is not over: its first attempt, or the wait for its next one. Virtual milliseconds. */
export interface Execution {
  scheduledFor: number
  firstAttemptAt: number
  failures: number
  nextAttemptAt: number
}

/** A job with what became of it; this is what the state file holds. Instants are virtual milliseconds. */
export interface JobRecord {
  spec: JobSpec
  state: 'ENABLED' | 'PAUSED'
  updatedAt: number
  nextTick?: number | undefined
  lastAttemptAt?: number | undefined
  status?: { code: number; message: string } | undefined
  execution?: Execution | undefined
}

const TOPIC = /^projects\/[^/]+\/topics\/[A-Za-z][\w.~+%-]{2,254}$/
const DEFAULT_DEADLINE_MS = 180_000

/** The job with Cloud Scheduler's defaults for what is unset; refuses what Cloud Scheduler refuses, but for the schedule. */
export function readJob(wire: WireJob, name: string): JobSpec {
  const { description, pubsubTarget, httpTarget, schedule, timeZone } = wire
  if (wire.appEngineHttpTarget) throw unimplemented('App Engine targets are not served locally; use http_target')
  if (Boolean(pubsubTarget) === Boolean(httpTarget)) throw invalid('job needs one target: pubsub_target or http_target')
  if (description && description.length > 500) throw invalid('job.description must not be longer than 500 characters')
  if (!schedule) throw invalid('job.schedule is required')
  if (pubsubTarget) checkPubsub(pubsubTarget)
  if (httpTarget) checkRequest(httpTarget, httpTarget.uri, 'job.http_target.uri')
  const spec = {
    name,
    description,
    pubsubTarget,
    httpTarget,
    schedule,
    timeZone: timeZone || 'Etc/UTC',
    retryConfig: readRetry(wire.retryConfig ?? {}),
    attemptDeadline: httpTarget ? (wire.attemptDeadline ?? fromMs(DEFAULT_DEADLINE_MS)) : wire.attemptDeadline,
  }
  const deadlineMs = deadlineOf(spec)
  if (httpTarget && (deadlineMs < 15_000 || deadlineMs > 30 * 60_000)) {
    throw invalid(`job.attempt_deadline must lie between 15 s and 30 min, found ${deadlineMs / 1000} s`)
  }
  return spec
}

/** Real milliseconds that one attempt may take. */
export const deadlineOf = ({ attemptDeadline }: Pick<JobSpec, 'attemptDeadline'>): number =>
  toMs(attemptDeadline, DEFAULT_DEADLINE_MS)

/** Waits between attempts, in milliseconds. */
export const backoffOf = ({ retryConfig }: JobSpec): Backoff => ({
  minMs: toMs(retryConfig.minBackoffDuration, 0),
  maxMs: toMs(retryConfig.maxBackoffDuration, 0),
  maxDoublings: retryConfig.maxDoublings ?? 0,
})

/** Whether a firing that failed `failures` times gets no other attempt, `ageMs` after its first one. */
export function isExhausted({ retryConfig }: JobSpec, failures: number, ageMs: number): boolean {
  const retries = retryConfig.retryCount ?? 0
  return retries === 0 || (failures > retries && ageMs >= toMs(retryConfig.maxRetryDuration, 0))
}

/** The job as it is shown. */
export function showJob({ spec, state, updatedAt, nextTick, lastAttemptAt, status, execution }: JobRecord): object {
  const next = execution && execution.failures > 0 ? execution.nextAttemptAt : nextTick
  return {
    ...spec,
    state,
    status,
    userUpdateTime: fromMs(updatedAt),
    scheduleTime: state === 'ENABLED' && next !== undefined ? fromMs(next) : undefined,
    lastAttemptTime: lastAttemptAt === undefined ? undefined : fromMs(lastAttemptAt),
  }
}

function readRetry(retry: NonNullable<WireJob['retryConfig']>): JobSpec['retryConfig'] {
  const { retryCount = 0, maxRetryDuration = fromMs(0), minBackoffDuration, maxBackoffDuration, maxDoublings } = retry
  if (retryCount < 0 || retryCount > 5)
    throw invalid(`retry_config.retry_count must lie between 0 and 5, found ${retryCount}`)
  const filled = {
    retryCount,
    maxRetryDuration,
    minBackoffDuration: minBackoffDuration ?? fromMs(5000),
    maxBackoffDuration: maxBackoffDuration ?? fromMs(3_600_000),
    maxDoublings: maxDoublings || 5,
  }
  const shortest = toMs(filled.minBackoffDuration, 0)
  if (shortest < 0 || toMs(filled.maxBackoffDuration, 0) < shortest) {
    throw invalid('retry_config.max_backoff_duration must not be shorter than min_backoff_duration')
  }
  if (filled.maxDoublings < 0 || toMs(maxRetryDuration, 0) < 0)
    throw invalid('retry_config must not hold negative values')
  return filled
}

function checkPubsub({ topicName = '', data, attributes }: NonNullable<WireJob['pubsubTarget']>): void {
  if (!TOPIC.test(topicName)) {
    throw invalid(`job.pubsub_target.topic_name must be projects/PROJECT/topics/TOPIC, found "${topicName}"`)
  }
  if (!data && Object.keys(attributes ?? {}).length === 0) {
    throw invalid('job.pubsub_target needs data or at least one attribute')
  }
}
