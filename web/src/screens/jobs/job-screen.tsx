import { getRouteApi, Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Job } from '#domain/job.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { usePages } from '../../live/use-pages.ts'
import { useSession } from '../../session/session.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { EntityPage } from '../../ui/entity-page.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LiveTable } from '../../ui/live-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { Timeline } from '../audit/timeline.tsx'
import { useCampaignColumns } from '../campaigns/campaign-columns.tsx'
import { JobActions } from './job-actions.tsx'
import { JobFacts } from './job-facts.tsx'
import { JobStatusBadge, useClosedReason } from './job-status.tsx'

const route = getRouteApi('/jobs/$id')

export function JobScreen() {
  const { jobs: texts } = useTexts()
  const { id } = route.useParams()
  const live = useByIdOrRef('jobs', id)
  const above = <BackLink to="/jobs" label={texts.back} />
  return (
    <EntityPage live={live} title={texts.title} above={above}>
      {(job: Job) => <JobPage job={job} />}
    </EntityPage>
  )
}

function JobPage({ job }: { job: Job }) {
  const { jobs: texts } = useTexts()
  const { may } = useSession()
  return (
    <Page
      title={job.tombstone ? job.ref : job.title}
      above={<BackLink to="/jobs" label={texts.back} />}
      beside={<JobStatusBadge job={job} />}
      lead={<JobLead job={job} />}
      actions={
        <>
          {may('jobs:write') && <JobActions job={job} />}
          {may('campaigns:write') && job.status === 'open' && (
            <Link to="/campaigns/new" search={{ job: job.ref }} className={buttonClass('primary')}>
              <Icon name="plus" />
              {texts.createCampaign}
            </Link>
          )}
        </>
      }
    >
      <section aria-label={texts.campaigns} className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">{texts.campaigns}</h2>
        <JobCampaigns jobId={job.id} />
      </section>
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <Panel title={texts.text}>
          {job.description ? <RichText html={job.description} /> : <p className="text-sm text-muted">{texts.noText}</p>}
        </Panel>
        <div className="flex flex-col gap-4">
          <Panel title={texts.facts}>
            <JobFacts job={job} />
          </Panel>
          <Timeline paths={[`jobs/${job.id}`]} />
        </div>
      </div>
    </Page>
  )
}

function JobLead({ job }: { job: Job }) {
  const format = useFormat()
  const reason = useClosedReason(job)
  return [job.ref, job.company, reason, job.closedAt && format.instant(job.closedAt)].filter(Boolean).join(' · ')
}

function JobCampaigns({ jobId }: { jobId: string }) {
  const { jobs: texts } = useTexts()
  const pages = usePages<Campaign>({
    path: 'campaigns',
    where: [['jobId', '==', jobId]],
    order: ['createdAt', 'desc'],
  })
  const columns = useCampaignColumns({ job: false })
  return (
    <LiveTable caption={texts.campaigns} columns={columns} pages={pages} empty={<Empty title={texts.noCampaigns} />} />
  )
}
