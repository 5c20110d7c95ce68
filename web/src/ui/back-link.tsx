import { Link } from '@tanstack/react-router'
import { Icon } from './icon.tsx'

export function BackLink({ to, label }: { to: '/jobs' | '/candidates' | '/campaigns'; label: string }) {
  return (
    <Link to={to} className="-ms-1 inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink">
      <Icon name="back" />
      {label}
    </Link>
  )
}
