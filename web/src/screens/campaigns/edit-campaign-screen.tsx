import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Campaign } from '#domain/campaign.ts'
import type { Connection } from '#domain/connection.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { useEntityDocument } from '../../live/use-document.ts'
import { useList } from '../../live/use-list.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Empty } from '../../ui/empty.tsx'
import { EntityPage } from '../../ui/entity-page.tsx'
import { Page } from '../../ui/page.tsx'
import { Shown } from '../../ui/shown.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { valuesOf } from './form-values.ts'

const route = getRouteApi('/campaigns/$id/edit')

export function EditCampaignScreen() {
  const { campaign: texts, campaigns } = useTexts()
  const { id } = route.useParams()
  const live = useByIdOrRef('campaigns', id)
  return (
    <EntityPage live={live} title={campaigns.title} above={<BackLink to="/campaigns" label={texts.back} />}>
      {(campaign: Campaign) => <EditPage key={campaign.id} campaign={campaign} />}
    </EntityPage>
  )
}

function EditPage({ campaign: newest }: { campaign: Campaign }) {
  // The draft as it was opened: a change made elsewhere meanwhile must be refused, not overwritten.
  const [campaign] = useState(newest)
  const { campaign: words, campaignForm: texts } = useTexts()
  const job = useEntityDocument('jobs', campaign.jobId)
  const connections = useList<Connection>({ path: 'connections', order: ['id', 'asc'], limit: 10 })
  const both = {
    state: job.state === 'live' ? connections.state : job.state,
    data: job.data && connections.data && { job: job.data, connections: connections.data },
  }
  return (
    <Page
      title={texts.editTitle(campaign.ref)}
      lead={`${campaign.jobRef} · ${campaign.jobTitle}`}
      above={<BackLink to="/campaigns" label={words.back} />}
    >
      <Shown live={both}>
        {({ job: found, connections: accounts }) =>
          found === 'absent' || accounts.length === 0 ? (
            <Empty icon="lock" title={texts.noConnection} />
          ) : (
            <CampaignForm
              job={found}
              connections={accounts}
              initial={valuesOf(campaign)}
              saving={{ method: 'PATCH', path: `/v1/campaigns/${campaign.id}`, version: campaign.version }}
            />
          )
        }
      </Shown>
    </Page>
  )
}
