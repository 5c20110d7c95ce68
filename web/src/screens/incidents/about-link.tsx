import { Link } from '@tanstack/react-router'
import type { Incident } from '#domain/incident.ts'
import { useTexts } from '../../i18n/language.tsx'
import { buttonClass } from '../../ui/button.tsx'

/** Leads to what an incident is about: its subject is a feed, a campaign's channel ("campaign/platform") or an ad account. */
export function AboutLink({ kind, subject }: Pick<Incident, 'kind' | 'subject'>) {
  const { dashboard: texts } = useTexts()
  const { see } = texts.incidents
  const [campaign = '', platform] = subject.split('/')
  if (kind === 'feed_failing')
    return (
      <Link to="/feeds" className={buttonClass('quiet')}>
        {see.feeds}
      </Link>
    )
  if (platform)
    return (
      <Link to="/campaigns/$id" params={{ id: campaign }} className={buttonClass('quiet')}>
        {see.campaign}
      </Link>
    )
  return (
    <Link to="/settings" search={{ tab: 'connections' }} className={buttonClass('quiet')}>
      {see.connections}
    </Link>
  )
}
