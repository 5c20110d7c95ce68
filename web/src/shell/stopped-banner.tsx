import { useEffect } from 'react'
import { SWITCH_ID, type SwitchView } from '#domain/kill-switch.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useFormat, useTexts } from '../i18n/language.tsx'
import { useEntityDocument } from '../live/use-document.ts'
import { Icon } from '../ui/icon.tsx'

/** Both switches as the server sees them, asked again whenever the organisation's own one changes. */
export function useKillSwitch(): SwitchView | null {
  const { data: own } = useEntityDocument('control', SWITCH_ID)
  const { data, reload } = useAnswer<SwitchView>('/v1/kill-switch')
  const seen = own === null || own === 'absent' ? own : own.at
  useEffect(() => {
    if (seen !== null) reload()
  }, [seen, reload])
  return data
}

/** On every screen while nothing may spend. */
export function StoppedBanner() {
  const { shell } = useTexts()
  const format = useFormat()
  const view = useKillSwitch()
  if (!view || view.running) return null
  const { installation, organisation } = view
  const whole = installation.state === 'stopped'
  const { at, why } = whole ? installation : organisation
  return (
    <div role="status" className="flex gap-3 border-b border-bad/40 bg-bad-soft px-4 py-2 text-sm sm:px-6">
      <span className="pt-0.5 text-bad">
        <Icon name="stop" />
      </span>
      <p className="min-w-0">
        <strong className="font-medium text-bad">{whole ? shell.stopped.installation : shell.stopped.title}</strong>{' '}
        {why} <span className="text-muted">{format.instant(at)}</span>
      </p>
    </div>
  )
}
