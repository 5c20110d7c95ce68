import { Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Incident } from '#domain/machinery.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge, useReason } from '../campaigns/status-badge.tsx'
import { DASHBOARD_LISTS } from './queries.ts'

export function Attention() {
  const { dashboard: texts } = useTexts()
  const campaigns = useList<Campaign>(DASHBOARD_LISTS.attention)
  const incidents = useList<Incident>(DASHBOARD_LISTS.incidents)
  const both = {
    state: campaigns.state === 'live' ? incidents.state : campaigns.state,
    data: campaigns.data && incidents.data && { campaigns: campaigns.data, incidents: incidents.data },
  }
  return (
    <Panel title={texts.attention.title} flush>
      <Shown
        live={both}
        skeleton={<Skeleton className="mx-4 mb-3 h-5 w-64" />}
        isEmpty={(data) => data.campaigns.length + data.incidents.length === 0}
        empty={<Calm />}
      >
        {(data) => (
          <ul className="divide-y divide-line">
            {data.incidents.map((incident) => (
              <IncidentLine key={incident.id} incident={incident} />
            ))}
            {data.campaigns.map((campaign) => (
              <CampaignLine key={campaign.id} campaign={campaign} />
            ))}
          </ul>
        )}
      </Shown>
    </Panel>
  )
}

function Calm() {
  const { dashboard: texts } = useTexts()
  return (
    <div className="flex items-start gap-2 px-4 pb-3 text-sm">
      <Icon name="check" className="mt-0.5 size-4 text-good" />
      <p>
        {texts.attention.calm} <span className="text-muted">{texts.attention.calmHint}</span>
      </p>
    </div>
  )
}

function IncidentLine({ incident }: { incident: Incident }) {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 text-sm">
      <Icon name="alert" className="mt-0.5 size-4 text-bad" />
      <div className="min-w-0">
        <p className="font-medium">{texts.incidents.kinds[incident.kind]}</p>
        <p className="text-muted">{texts.incidents.action(incident.kind, incident.suggestedAction)}</p>
        <p lang="en">{incident.message}</p>
        <p className="text-xs text-muted">
          {texts.incidents.since(format.instant(incident.openedAt))} · {texts.incidents.times(incident.occurrences)}
        </p>
      </div>
    </li>
  )
}

function CampaignLine({ campaign }: { campaign: Campaign }) {
  const say = useReason()
  const { reason } = campaign
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm">
      <StatusBadge status={campaign.status} />
      <Link to="/campaigns/$id" params={{ id: campaign.id }} className="font-medium hover:text-accent hover:underline">
        {campaign.name}
      </Link>
      <span className="text-muted">{say(reason)}</span>
    </li>
  )
}
