import type { Campaign } from '#domain/campaign.ts'
import { DomainError } from '#domain/errors.ts'
import type { Job } from '#domain/job.ts'

/** Nothing is paid for an opening that is closed: throws `illegal_state`. */
export function assertJobOpen(job: Job | undefined, campaign: Pick<Campaign, 'ref' | 'jobRef'>): void {
  if (job?.status === 'open') return
  throw new DomainError('illegal_state', `${campaign.ref} advertises ${campaign.jobRef}, which is closed`, {
    remedy: 'Reopen the job first.',
  })
}
