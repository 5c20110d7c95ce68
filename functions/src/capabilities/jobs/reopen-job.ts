import { DomainError } from '#domain/errors.ts'
import type { Job } from '#domain/job.ts'
import { adDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { changeJob } from './change-job.ts'
import { expiryOf } from './job-document.ts'

/**
 * A person opens a closed job again. `closesOn` (null = none) replaces a closing date that has passed. An older close of the source
 * that arrives later is stale. Throws `not_found`, and `illegal_state` for a tombstone or a passed closing date.
 */
export async function reopenJob(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
  closesOn?: string | null,
): Promise<Job> {
  const { timeZone } = await store.organisation(org)
  return changeJob(store, org, cause, name, (job, entry, now) => {
    if (job.status === 'open') return undefined
    if (job.tombstone)
      throw new DomainError('illegal_state', `Nothing is known of ${job.ref} but that it was closed`, {
        remedy: 'Push the opening with a newer updatedAt.',
      })
    const until = closesOn === undefined ? job.closesOn : closesOn
    if (until !== null && until < adDay(new Date(now), timeZone))
      throw new DomainError('illegal_state', `The closing date of ${job.ref}, ${until}, has passed`, {
        remedy: 'Send a later closesOn, or null for none.',
      })
    const open = {
      ...job,
      status: 'open' as const,
      closedReason: null,
      closedAt: null,
      closesOn: until,
      expiresAt: until && expiryOf(until, timeZone),
      correlationId: cause.correlationId,
    }
    const since = Math.max(Date.parse(now), entry.since)
    return { entry: { ...entry, state: 'open', since, misses: 0 }, job: open, action: 'job.reopened' }
  })
}
