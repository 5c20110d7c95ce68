import { Link } from '@tanstack/react-router'
import type { Job } from '#domain/job.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useCount } from '../../live/use-count.ts'
import { useList } from '../../live/use-list.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { JobStatusBadge } from '../jobs/job-status.tsx'
import { DASHBOARD_COUNTS, DASHBOARD_LISTS } from './queries.ts'
import { atLeast } from './running-campaigns.tsx'

export function NewestJobs() {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  const live = useList<Job>(DASHBOARD_LISTS.newest)
  const open = useCount(DASHBOARD_COUNTS.open, live.data?.map((job) => job.id + job.status).join() ?? null)
  return (
    <Panel
      title={texts.newest}
      note={open === null ? undefined : texts.openJobs(atLeast(open, format.number(open), texts.atLeast))}
      actions={
        <Link to="/jobs" className={buttonClass('quiet')}>
          {texts.seeAll}
        </Link>
      }
      flush
    >
      <Shown
        live={live}
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(rows) => rows.length === 0}
        empty={<Empty title={texts.noJobs.title} hint={texts.noJobs.hint} />}
      >
        {(rows) => (
          <ul className="divide-y divide-line">
            {rows.map((job) => (
              <li key={job.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
                <div className="min-w-0 flex-1">
                  <Link
                    to="/jobs/$id"
                    params={{ id: job.id }}
                    className="block truncate font-medium hover:text-accent hover:underline"
                  >
                    {job.title || job.ref}
                  </Link>
                  <span className="text-xs text-muted">
                    {[job.ref, job.company, format.instant(job.createdAt)].filter(Boolean).join(' · ')}
                  </span>
                </div>
                <JobStatusBadge job={job} />
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </Panel>
  )
}
