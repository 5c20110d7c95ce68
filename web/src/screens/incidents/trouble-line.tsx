import type { ReactNode } from 'react'
import type { Incident } from '#domain/incident.ts'
import { useTexts } from '../../i18n/language.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'

interface Props {
  trouble: Pick<Incident, 'kind' | 'message' | 'suggestedAction'>
  icon: IconName
  /** When, and how it stands. */
  about: string
  /** What can be done about it. */
  children: ReactNode
}

/** What went wrong in our words, what to do, and what was said by whoever refused. */
export function TroubleLine({ trouble, icon, about, children }: Props) {
  const { dashboard: texts } = useTexts()
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 text-sm">
      <Icon name={icon} className="mt-0.5 size-4 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{texts.incidents.kinds[trouble.kind]}</p>
        <p className="text-muted">{texts.incidents.action(trouble.kind, trouble.suggestedAction)}</p>
        <p lang="en">{trouble.message}</p>
        <p className="text-xs text-muted">{about}</p>
        <div className="mt-1.5 flex flex-wrap items-center gap-2">{children}</div>
      </div>
    </li>
  )
}
