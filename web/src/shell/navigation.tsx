import { Link } from '@tanstack/react-router'
import { useTexts } from '../i18n/language.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

const PLACES = [
  { to: '/', key: 'today', icon: 'today' },
  { to: '/jobs', key: 'jobs', icon: 'jobs' },
  { to: '/campaigns', key: 'campaigns', icon: 'campaigns' },
  { to: '/segments', key: 'segments', icon: 'segments' },
  { to: '/candidates', key: 'candidates', icon: 'candidates' },
  { to: '/feeds', key: 'feeds', icon: 'feeds' },
  { to: '/settings', key: 'settings', icon: 'settings' },
] as const satisfies readonly { to: string; key: string; icon: IconName }[]

export function Navigation({ label, onGo }: { label: string; onGo?: () => void }) {
  const { shell } = useTexts()
  return (
    <nav aria-label={label}>
      <ul className="flex flex-col gap-0.5">
        {PLACES.map(({ to, key, icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/', includeSearch: false }}
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
