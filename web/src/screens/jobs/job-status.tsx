import type { Job } from '#domain/job.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Badge } from '../../ui/badge.tsx'

export function JobStatusBadge({ job }: { job: Pick<Job, 'status'> }) {
  const { jobs } = useTexts()
  return job.status === 'open' ? (
    <Badge tone="good" icon="check" label={jobs.status.open} />
  ) : (
    <Badge tone="neutral" icon="stop" label={jobs.status.closed} />
  )
}

/** Why it is closed, in a few words; nothing while it is open. */
export function useClosedReason(job: Pick<Job, 'closedReason'>): string | null {
  const { jobs } = useTexts()
  return job.closedReason && jobs.closedReason[job.closedReason]
}
