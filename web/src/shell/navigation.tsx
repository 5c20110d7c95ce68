import { Link } from '@tanstack/react-router'
import { useTexts } from '../i18n/language.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

const PLACES = [{ to: '/jobs', key: 'jobs', icon: 'jobs' }] as const satisfies readonly {
  to: string
  key: string
  icon: IconName
}[]

export function Navigation({ label, onGo }: { label: string; onGo?: () => void }) {
  const { shell } = useTexts()
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-0.5">
        {PLACES.map(({ to, key, icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ includeSearch: false }}
              className="flex min-h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
              {...(onGo ? { onClick: onGo } : {})}
            >
              <Icon name={icon} />
              {shell.sections[key]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
