import type { ButtonHTMLAttributes } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

const SHAPE =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md px-3 text-sm font-medium whitespace-nowrap disabled:opacity-55 aria-disabled:opacity-55'

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent/90',
  secondary: 'border border-control/60 bg-surface text-ink hover:bg-sunken',
  quiet: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'border border-bad/50 bg-surface text-bad hover:bg-bad-soft',
}

/** For links that look like buttons. */
export const buttonClass = (kind: ButtonKind = 'secondary'): string => `${SHAPE} ${KINDS[kind]}`

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind
  icon?: IconName
  /** Shown as working; pressing it again does nothing. */
  busy?: boolean
}

export function Button({ kind = 'secondary', icon, busy = false, children, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={`${buttonClass(kind)} ${className}`}
    >
      {busy ? <Icon name="refresh" className="size-4 spin" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A square button whose words are for those who do not see the icon. */
export function IconButton({ icon, label, ...rest }: Omit<Props, 'children'> & { icon: IconName; label: string }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink ${rest.className ?? ''}`}
    >
      <Icon name={icon} />
    </button>
  )
}
