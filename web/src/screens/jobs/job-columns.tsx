import { Link } from '@tanstack/react-router'
import type { Job } from '#domain/job.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { JobStatusBadge } from './job-status.tsx'

export function useJobColumns(): Column<Job>[] {
  const { jobs } = useTexts()
  const format = useFormat()
  return [
    {
      key: 'ref',
      head: jobs.head.ref,
      wide: true,
      cell: (job) => <span className="whitespace-nowrap text-muted">{job.ref}</span>,
    },
    { key: 'title', head: jobs.head.title, wide: true, header: true, cell: (job) => <JobName job={job} /> },
    { key: 'place', head: jobs.head.place, cell: (job) => <JobPlaces job={job} /> },
    { key: 'status', head: jobs.head.status, cell: (job) => <JobStatusBadge job={job} /> },
    { key: 'campaigns', head: jobs.head.campaigns, align: 'end', cell: (job) => format.number(job.totals.campaigns) },
    {
      key: 'applications',
      head: jobs.head.applications,
      align: 'end',
      cell: (job) => format.number(job.totals.applications),
    },
    { key: 'created', head: jobs.head.created, align: 'end', cell: (job) => format.instant(job.createdAt) },
  ]
}

function JobName({ job }: { job: Job }) {
  const { jobs } = useTexts()
  return (
    <>
      <Link to="/jobs/$id" params={{ id: job.id }} className="hover:text-accent hover:underline">
        {job.tombstone ? jobs.tombstone : job.title}
      </Link>
      {job.company && <span className="block text-xs font-normal text-muted">{job.company}</span>}
    </>
  )
}

function JobPlaces({ job }: { job: Pick<Job, 'places' | 'remote'> }) {
  const { jobs, common } = useTexts()
  const [first, ...others] = job.places
  const remote = job.remote && job.remote !== 'onsite' ? jobs.remote[job.remote] : null
  return [first && (first.city ?? first.text), others.length > 0 && common.more(others.length), remote]
    .filter(Boolean)
    .join(' · ')
}
