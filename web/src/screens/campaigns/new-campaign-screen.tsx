import { getRouteApi, Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import type { Job } from '#domain/job.ts'
import type { Call } from '../../api/call.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { BackLink } from '../../ui/back-link.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Shown } from '../../ui/shown.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { CONNECTIONS } from './connections.ts'
import { bodyOf, type FormValues, valuesForJob, valuesLike } from './form-values.ts'

const route = getRouteApi('/campaigns/new')
const OPEN_JOBS = { path: 'jobs', where: [['status', '==', 'open']], order: ['createdAt', 'desc'], limit: 100 } as const

export function NewCampaignScreen() {
  const { campaignForm: texts, campaign, states } = useTexts()
  const { may } = useSession()
  const { job, from } = route.useSearch()
  return (
    <Page title={texts.title} lead={texts.lead} above={<BackLink to="/campaigns" label={campaign.back} />}>
      {may('campaigns:write') ? (
        <>
          <JobPicker job={job} />
          {job && <JobDraft key={`${job} ${from}`} job={job} from={from} />}
        </>
      ) : (
        <Empty icon="lock" title={states.denied.title} hint={states.denied.hint} />
      )}
    </Page>
  )
}

function JobPicker({ job }: { job: string | undefined }) {
  const { campaignForm: texts } = useTexts()
  const navigate = route.useNavigate()
  const live = useList<Job>(OPEN_JOBS)
  const jobs = live.data ?? []
  const listed = jobs.some((item) => item.ref === job)
  return (
    <Shown
      live={live}
      isEmpty={(list) => list.length === 0 && !job}
      empty={<Empty icon="jobs" title={texts.jobNone} />}
    >
      {() => (
        <div className="max-w-xl">
          <SelectField
            label={texts.job}
            value={job ?? ''}
            onChange={(event) => void navigate({ search: { job: event.currentTarget.value }, replace: true })}
          >
            {!job && <option value="">{texts.jobPick}</option>}
            {job && !listed && <option value={job}>{job}</option>}
            {jobs.map((item) => (
              <option key={item.id} value={item.ref}>
                {item.ref} · {item.title}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </Shown>
  )
}

const create = (call: Call, job: string, values: FormValues, currency: string): Promise<Campaign> =>
  call<Campaign>({ method: 'POST', path: '/v1/campaigns', body: { job, ...bodyOf(values, currency) } })

/** `from`: a campaign whose terms are the beginning of the new one. */
function JobDraft({ job: idOrRef, from }: { job: string; from: string | undefined }) {
  const { campaignForm: texts, states } = useTexts()
  const job = useByIdOrRef('jobs', idOrRef)
  const connections = useList<Connection>(CONNECTIONS)
  const model = useEntityDocument('campaigns', from ?? null)
  const ready = from === undefined || model.data !== null
  const both = {
    state: job.state === 'live' ? connections.state : job.state,
    data: ready && job.data && connections.data ? { job: job.data, connections: connections.data } : null,
  }
  return (
    <Shown live={both}>
      {({ job: found, connections: accounts }) => {
        if (found === 'absent') return <Empty icon="search" title={states.absent.title} hint={states.absent.hint} />
        if (found.status === 'closed') return <Empty icon="stop" title={texts.jobClosed(found.ref)} />
        // Where most candidates are; a person adds the others.
        const first = accounts.find(({ platform }) => platform === 'meta') ?? accounts[0]
        if (!first) {
          return (
            <Empty
              icon="lock"
              title={texts.noConnection}
              action={
                <Link to="/settings" className={buttonClass('primary')}>
                  {texts.connect}
                </Link>
              }
            />
          )
        }
        return (
          <CampaignForm
            job={found}
            connections={accounts}
            save={(call, values, currency) => create(call, found.id, values, currency)}
            initial={
              model.data && model.data !== 'absent' ? valuesLike(model.data) : valuesForJob(found, [first.platform])
            }
          />
        )
      }}
    </Shown>
  )
}
