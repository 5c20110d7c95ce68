import type { Incident } from '#domain/incident.ts'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import { AboutLink } from './about-link.tsx'
import { RetryButton } from './retry-button.tsx'
import { TroubleLine } from './trouble-line.tsx'

export function IncidentLine({ incident }: { incident: Incident }) {
  const { dashboard: texts } = useTexts()
  const format = useFormat()
  const since = texts.incidents.since(format.instant(incident.openedAt))
  return (
    <TroubleLine trouble={incident} icon="alert" about={`${since} · ${texts.incidents.times(incident.occurrences)}`}>
      <RetryButton id={incident.id} kind={incident.kind} />
      <AboutLink kind={incident.kind} subject={incident.subject} />
    </TroubleLine>
  )
}
