/** How long Cloud Tasks and Cloud Scheduler wait between attempts; milliseconds. */
export interface Backoff {
  minMs: number
  maxMs: number
  maxDoublings: number
}

/**
 * Milliseconds before retry number `retry` (0 is the first): doubling `maxDoublings` times, then growing by the last step,
 * never above the maximum. Source: RetryConfig.max_doublings in google/cloud/tasks/v2/queue.proto.
 */
export function backoffMs({ minMs, maxMs, maxDoublings }: Backoff, retry: number): number {
  const steps = retry <= maxDoublings ? 2 ** retry : 2 ** maxDoublings * (retry - maxDoublings + 1)
  return Math.min(maxMs, minMs * steps)
}
