import type { ButtonHTMLAttributes, Ref } from 'react'
import { useOrg } from '../session/org.tsx'
import { useSession } from '../session/session.tsx'
import { Icon } from '../ui/icon.tsx'

/** Whose console this is; opens the menu once that has come. */
export function AccountButton(props: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const { member } = useSession()
  const org = useOrg()
  return (
    <button
      type="button"
      {...props}
      className="flex min-h-8 max-w-52 min-w-0 items-center gap-1.5 rounded-md px-2 text-sm font-medium hover:bg-sunken"
    >
      <span className="truncate">{org?.name ?? member.email}</span>
      <Icon name="chevron" className="size-4 text-muted" />
    </button>
  )
}
