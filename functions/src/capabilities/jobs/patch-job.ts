import { DomainError } from '#domain/errors.ts'
import type { Job, JobPosting } from '#domain/job.ts'
import { adDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { changeJob } from './change-job.ts'
import { expiryOf } from './job-document.ts'

export type JobWords = Partial<Omit<JobPosting, 'externalId' | 'group' | 'extra'>>

/**
 * A person changes an opening's words. The source's next change replaces them; its unchanged record does not. A closing date moved
 * into the future opens a job that had only expired. `version` is the one that the person saw. Throws `not_found`, `conflict`, `invalid`.
 */
export async function patchJob(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
  words: JobWords,
  version?: number,
): Promise<Job> {
  const { timeZone } = await store.organisation(org)
  return changeJob(store, org, cause, name, (job, entry, now) => {
    if (version !== undefined && version !== job.version)
      throw new DomainError('conflict', `${job.ref} is at version ${job.version}, not ${version}`, {
        remedy: 'Read it again.',
      })
    const next = { ...job, ...words, correlationId: cause.correlationId }
    const passed = next.closesOn !== null && next.closesOn < adDay(new Date(now), timeZone)
    if (passed && words.closesOn)
      throw new DomainError('invalid', `The closing date ${words.closesOn} has passed`, {
        remedy: 'Use a later date, or close the job.',
        problems: [{ at: '/closesOn', message: 'has passed' }],
      })
    const revived = entry.state === 'expired' && !passed
    const open = job.status === 'open' || revived
    const expiresAt = open && next.closesOn ? expiryOf(next.closesOn, timeZone) : null
    const status = revived ? { status: 'open' as const, closedReason: null, closedAt: null } : {}
    return {
      entry: revived ? { ...entry, state: 'open' } : entry,
      job: { ...next, ...status, expiresAt },
      action: revived ? 'job.reopened' : 'job.changed',
    }
  })
}
