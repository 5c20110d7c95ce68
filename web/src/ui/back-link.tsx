import { Link } from '@tanstack/react-router'
import { Icon } from './icon.tsx'

const LOOK = '-ms-1 inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink'

export function BackLink({ to, label }: { to: '/jobs' | '/candidates' | '/campaigns'; label: string }) {
  return (
    <Link to={to} className={LOOK}>
      <Icon name="back" />
      {label}
    </Link>
  )
}

export function BackToCampaign({ id, label }: { id: string; label: string }) {
  return (
    <Link to="/campaigns/$id" params={{ id }} className={LOOK}>
      <Icon name="back" />
      {label}
    </Link>
  )
}
