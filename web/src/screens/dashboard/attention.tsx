import { Link } from '@tanstack/react-router'
import type { Campaign } from '#domain/campaign.ts'
import type { Incident, Notice } from '#domain/incident.ts'
import { useTexts } from '../../i18n/language.tsx'
import { useList } from '../../live/use-list.ts'
import { useSession } from '../../session/session.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Shown } from '../../ui/shown.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusBadge, useReason } from '../campaigns/status-badge.tsx'
import { IncidentLine } from '../incidents/incident-line.tsx'
import { NoticeLine } from '../incidents/notice-line.tsx'
import { DASHBOARD_LISTS } from './queries.ts'

/** Administrators see what they were told first; an incident that a notice tells of is not said twice. */
export function Attention() {
  const { dashboard: texts } = useTexts()
  const { may } = useSession()
  const isTold = may('notices:read')
  const campaigns = useList<Campaign>(DASHBOARD_LISTS.attention)
  const incidents = useList<Incident>(DASHBOARD_LISTS.incidents)
  const notices = useList<Notice>(isTold ? DASHBOARD_LISTS.notices : null)
  const unread = isTold ? notices.data : NONE
  const lists = [campaigns, incidents, ...(isTold ? [notices] : [])]
  const all = {
    state: lists.find(({ state }) => state !== 'live')?.state ?? 'live',
    data: campaigns.data && incidents.data && unread && needed(campaigns.data, incidents.data, unread),
  }
  return (
    <Panel title={texts.attention.title} flush>
      <Shown
        live={all}
        skeleton={<Skeleton className="mx-4 mb-3 h-5 w-64" />}
        isEmpty={(data) => data.notices.length + data.campaigns.length + data.incidents.length === 0}
        empty={<Calm />}
      >
        {(data) => (
          <ul className="divide-y divide-line">
            {data.notices.map(({ notice, isOpen }) => (
              <NoticeLine key={notice.id} notice={notice} isOpen={isOpen} />
            ))}
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

const NONE: Notice[] = []

function needed(campaigns: Campaign[], incidents: Incident[], notices: Notice[]) {
  const all = incidents.length < DASHBOARD_LISTS.incidents.limit
  return {
    campaigns,
    incidents: incidents.filter(({ id }) => !notices.some(({ incident }) => incident === id)),
    notices: notices.map((notice) => ({
      notice,
      isOpen: incidents.some(({ id }) => id === notice.incident) || (all ? false : null),
    })),
  }
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
