import { useTexts } from '../i18n/language.tsx'
import { type Pulse, usePulse } from '../live/pulse.ts'

const LOOK: Record<Pulse, string> = {
  live: 'bg-good',
  cached: 'border-2 border-warn bg-transparent',
  offline: 'bg-bad',
}

/** Whether what is on the screen is what the server says now. */
export function PulseDot() {
  const { shell } = useTexts()
  const pulse = usePulse()
  return (
    <span role="status" title={shell.pulseHint[pulse]} className="flex shrink-0 items-center gap-2 text-sm text-muted">
      <span aria-hidden="true" className={`size-2 rounded-full ${LOOK[pulse]}`} />
      {shell.pulse[pulse]}
    </span>
  )
}
