import { invalid, unimplemented, type WireTime } from '#local/grpc.ts'
import type { Backoff } from '#local/standin/backoff.ts'
import { fromMs, toMs } from '#local/standin/wire.ts'

/** google.cloud.tasks.v2.Queue as the clients send it. */
export interface WireQueue {
  name?: string | undefined
  appEngineRoutingOverride?: object | undefined
  rateLimits?: { maxDispatchesPerSecond?: number; maxBurstSize?: number; maxConcurrentDispatches?: number } | undefined
  retryConfig?:
    | {
        maxAttempts?: number
        maxRetryDuration?: WireTime | undefined
        minBackoff?: WireTime | undefined
        maxBackoff?: WireTime | undefined
        maxDoublings?: number
      }
    | undefined
  stackdriverLoggingConfig?: { samplingRatio?: number } | undefined
}

/** A queue as it is kept: every limit decided. */
export interface QueueSpec {
  name: string
  state: 'RUNNING' | 'PAUSED'
  rateLimits: { maxDispatchesPerSecond: number; maxBurstSize: number; maxConcurrentDispatches: number }
  retryConfig: {
    /** -1 is without limit. */
    maxAttempts: number
    maxRetryDuration?: WireTime | undefined
    minBackoff: WireTime
    maxBackoff: WireTime
    maxDoublings: number
  }
  purgeTime?: WireTime | undefined
  stackdriverLoggingConfig?: { samplingRatio?: number } | undefined
}

/** What UpdateQueue's mask may name. */
export const QUEUE_FIELDS = {
  updatable: ['rate_limits', 'retry_config', 'stackdriver_logging_config'],
  outputOnly: ['name', 'state', 'purge_time', 'rate_limits.max_burst_size'],
}

/** The queue with Cloud Tasks' defaults for what is unset; refuses values that Cloud Tasks refuses. */
export function readQueue(wire: WireQueue, name: string): Omit<QueueSpec, 'state' | 'purgeTime'> {
  if (wire.appEngineRoutingOverride) throw unimplemented('App Engine queues are not served locally; use HTTP tasks')
  const perSecond = wire.rateLimits?.maxDispatchesPerSecond || 500
  const concurrent = wire.rateLimits?.maxConcurrentDispatches || 1000
  const retry = wire.retryConfig ?? {}
  const maxAttempts = retry.maxAttempts || 100
  const spec = {
    name,
    rateLimits: {
      maxDispatchesPerSecond: perSecond,
      maxBurstSize: burstOf(perSecond),
      maxConcurrentDispatches: concurrent,
    },
    retryConfig: {
      maxAttempts,
      maxRetryDuration: retry.maxRetryDuration,
      minBackoff: retry.minBackoff ?? fromMs(100),
      maxBackoff: retry.maxBackoff ?? fromMs(3_600_000),
      maxDoublings: retry.maxDoublings || 16,
    },
    stackdriverLoggingConfig: wire.stackdriverLoggingConfig,
  }
  within('rate_limits.max_dispatches_per_second', perSecond, 0, 500)
  within('rate_limits.max_concurrent_dispatches', concurrent, 1, 5000)
  within('retry_config.max_attempts', maxAttempts, -1, 2 ** 31)
  within('retry_config.max_doublings', spec.retryConfig.maxDoublings, 0, 2 ** 31)
  within('retry_config.max_retry_duration (ms)', toMs(retry.maxRetryDuration, 0), 0, Number.MAX_SAFE_INTEGER)
  const { minMs, maxMs } = backoffOf(spec)
  within('retry_config.min_backoff (ms)', minMs, 0, Number.MAX_SAFE_INTEGER)
  if (maxMs < minMs) throw invalid('retry_config.max_backoff must not be shorter than retry_config.min_backoff')
  return spec
}

/** Waits between attempts, in milliseconds. */
export function backoffOf({ retryConfig }: Pick<QueueSpec, 'retryConfig'>): Backoff {
  const { minBackoff, maxBackoff, maxDoublings } = retryConfig
  return { minMs: toMs(minBackoff, 0), maxMs: toMs(maxBackoff, 0), maxDoublings }
}

/**
 * Whether a task that failed `failures` times is given up, `ageMs` after its first attempt: both limits have to be reached;
 * no limit on attempts leaves the duration alone to decide, and no limit on either retries for as long as a task may live.
 */
export function isExhausted({ retryConfig }: QueueSpec, failures: number, ageMs: number): boolean {
  const longest = toMs(retryConfig.maxRetryDuration, 0)
  if (retryConfig.maxAttempts === -1) return longest > 0 && ageMs >= longest
  return failures >= retryConfig.maxAttempts && ageMs >= longest
}

// Cloud Tasks publishes no formula; its default queue (500 a second) has 100 and slow queues have 10.
const burstOf = (perSecond: number): number => Math.max(10, Math.min(100, Math.ceil(perSecond / 5)))

function within(field: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most))
    throw invalid(`${field} must lie between ${least} and ${most}, found ${value}`)
}
