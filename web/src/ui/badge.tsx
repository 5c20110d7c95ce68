import { Icon, type IconName } from './icon.tsx'
import { TONE, type Tone } from './tone.ts'

export function Badge({ tone, icon, label }: { tone: Tone; icon: IconName; label: string }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${TONE[tone]}`}
    >
      <Icon name={icon} className="size-3.5" />
      {label}
    </span>
  )
}
