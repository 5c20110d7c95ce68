import type { Job } from '#domain/job.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { changeJob } from './change-job.ts'

/**
 * A person closes an opening; its ads pause by the event `job.closed`. It stays closed until a person reopens it or the source sends
 * a stamp newer than now. Closing what is closed changes nothing but makes it a person's word. Throws `not_found`.
 */
export function closeJob(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
  reason?: string,
): Promise<Job> {
  return changeJob(store, org, cause, name, (job, entry, now) => {
    const filled = reason === 'filled'
    const state = filled ? ('filled' as const) : ('user' as const)
    const next = { ...entry, state, since: Math.max(Date.parse(now), entry.since), misses: 0 }
    if (job.status === 'closed') return { entry: next, action: 'job.closed' }
    const closed = {
      ...job,
      status: 'closed' as const,
      closedReason: filled ? ('filled' as const) : ('closed_by_user' as const),
      closedAt: now,
      expiresAt: null,
      correlationId: cause.correlationId,
    }
    return { entry: next, job: closed, action: 'job.closed', why: reason ?? closed.closedReason }
  })
}
