import { getRouteApi, Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useByIdOrRef } from '../../live/use-by-id-or-ref.ts'
import { useList } from '../../live/use-list.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { EntityPage } from '../../ui/entity-page.tsx'
import { Page } from '../../ui/page.tsx'
import { Timeline } from '../audit/timeline.tsx'
import { CampaignActions } from './campaign-actions.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import { ChannelPanel } from './channel-panel.tsx'
import { CreativePreview } from './creative-preview.tsx'
import { LaunchProgress } from './launch-progress.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import { PartialNote } from './partial-note.tsx'
import { PendingPanel } from './pending-panel.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { publishingOf } from './publishing.ts'
import { StatusBadge, useReason } from './status-badge.tsx'
import { TargetingPanel } from './targeting.tsx'

const route = getRouteApi('/campaigns/$id')

export function CampaignScreen() {
  const { campaign: texts, campaigns } = useTexts()
  const { id } = route.useParams()
  const live = useByIdOrRef('campaigns', id)
  return (
    <EntityPage live={live} title={campaigns.title} above={<BackLink to="/campaigns" label={texts.back} />}>
      {(campaign: Campaign) => <CampaignPage campaign={campaign} />}
    </EntityPage>
  )
}

function CampaignPage({ campaign }: { campaign: Campaign }) {
  const { campaign: texts, campaigns } = useTexts()
  const channels = useList<Channel>({
    path: `campaigns/${campaign.id}/channels`,
    order: ['platform', 'asc'],
    limit: 10,
  })
  const draft = campaign.status === 'DRAFT'
  const several = campaign.platforms.length > 1
  const planned = campaign.pending !== null || publishingOf(campaign, channels.data ?? []) !== null
  const root = `campaigns/${campaign.id}`
  return (
    <Page
      title={campaign.name}
      above={<BackLink to="/campaigns" label={texts.back} />}
      beside={<StatusBadge status={campaign.status} />}
      lead={<Lead campaign={campaign} />}
      actions={<CampaignActions campaign={campaign} channels={channels.data ?? []} />}
    >
      {!draft && <LaunchProgress campaign={campaign} channels={channels.data ?? []} />}
      {campaign.status === 'PARTIAL' && channels.data && <PartialNote campaign={campaign} channels={channels.data} />}
      <div className="grid items-start gap-4 lg:grid-cols-[3fr_2fr]">
        <div className="flex min-w-0 flex-col gap-4">
          {campaign.pending && <PendingPanel campaign={campaign} />}
          {planned && <PlanPanel campaign={campaign} channels={channels.data ?? []} />}
          {!draft && <MetricsPanel campaign={campaign} />}
          {channels.data?.map((channel) => (
            <ChannelPanel key={channel.id} channel={channel} />
          ))}
          {channels.data?.map((channel) => (
            <TargetingPanel
              key={channel.id}
              plan={channel.plan}
              on={several ? campaigns.platforms[channel.platform] : undefined}
            />
          ))}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CreativePreview campaign={campaign} />
          <CampaignFacts campaign={campaign} />
          <Timeline paths={[root, ...(channels.data ?? []).map(({ platform }) => `${root}/channels/${platform}`)]} />
        </div>
      </div>
    </Page>
  )
}

function Lead({ campaign }: { campaign: Campaign }) {
  const say = useReason()
  const reason = say(campaign.reason)
  return (
    <>
      {campaign.ref} ·{' '}
      <Link
        to="/jobs/$id"
        params={{ id: campaign.jobId }}
        className="text-accent underline decoration-accent/40 hover:decoration-accent"
      >
        {campaign.jobRef} {campaign.jobTitle}
      </Link>
      {reason && <> · {reason}</>}
    </>
  )
}
