import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import { adDay } from '#domain/time.ts'
import type { Call } from '../../api/call.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { BackLink, BackToCampaign } from '../../ui/back-link.tsx'
import { Empty } from '../../ui/empty.tsx'
import { EntityPage } from '../../ui/entity-page.tsx'
import { Page } from '../../ui/page.tsx'
import { Shown } from '../../ui/shown.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { CONNECTIONS } from './connections.ts'
import { type FieldName, type FormValues, patchOf, valuesToEdit } from './form-values.ts'
import { canMove } from './status.ts'

const route = getRouteApi('/campaigns/$id/edit')

export function EditCampaignScreen() {
  const { campaigns } = useTexts()
  const { id } = route.useParams()
  const live = useByIdOrRef('campaigns', id)
  return (
    <EntityPage live={live} title={campaigns.title} above={<BackLink to="/campaigns" label={campaigns.title} />}>
      {(campaign: Campaign) => <EditPage campaign={campaign} />}
    </EntityPage>
  )
}

function EditPage({ campaign }: { campaign: Campaign }) {
  const { campaignForm: texts, campaigns, states } = useTexts()
  const { may } = useSession()
  const { ref, status } = campaign
  return (
    <Page
      title={texts.editTitle(ref)}
      lead={status === 'DRAFT' ? texts.editLead.draft : texts.editLead.published}
      above={<BackToCampaign id={campaign.id} label={campaign.name} />}
    >
      {!may('campaigns:write') ? (
        <Empty icon="lock" title={states.denied.title} hint={states.denied.hint} />
      ) : canMove('edit', status) ? (
        <Editor campaign={campaign} />
      ) : (
        <Empty icon="lock" title={texts.editNot(campaigns.status[status])} />
      )}
    </Page>
  )
}

/** What is typed stays, whatever happens to the campaign meanwhile; the server refuses it where another version is stored. */
function Editor({ campaign }: { campaign: Campaign }) {
  const [seen, setSeen] = useState(campaign)
  const job = useEntityDocument('jobs', seen.jobId)
  const connections = useList<Connection>(CONNECTIONS)
  const both = {
    state: job.state === 'live' ? connections.state : job.state,
    data: job.data && job.data !== 'absent' && connections.data ? { job: job.data, accounts: connections.data } : null,
  }
  return (
    <Shown live={both}>
      {({ job: found, accounts }) => (
        <CampaignForm
          key={seen.version}
          job={found}
          connections={accounts.filter(({ platform }) => seen.platforms.includes(platform))}
          initial={valuesToEdit(seen)}
          editing={{ fixed: fixedIn(seen, accounts), loadNew: () => setSeen(campaign) }}
          save={(call, values, currency) => save(call, seen, values, currency)}
        />
      )}
    </Shown>
  )
}

/** Nothing changed is nothing to send. */
async function save(call: Call, seen: Campaign, values: FormValues, currency: string): Promise<Pick<Campaign, 'id'>> {
  const body = patchOf(valuesToEdit(seen), values, currency)
  if (Object.keys(body).length === 0) return seen
  return call<Campaign>({ method: 'PATCH', path: `/v1/campaigns/${seen.id}`, version: seen.version, body })
}

function fixedIn({ status, startsOn, platforms }: Campaign, accounts: readonly Connection[]): FieldName[] {
  if (status === 'DRAFT') return ['platforms']
  const zone = accounts.find(({ platform }) => platform === platforms[0])?.timeZone ?? 'Etc/UTC'
  return startsOn <= adDay(new Date(), zone) ? ['platforms', 'countries', 'start'] : ['platforms', 'countries']
}
