import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface Props {
  icon?: IconName
  title: string
  hint?: string | undefined
  action?: ReactNode
  /** It is the whole screen: its title is the page's heading. */
  page?: boolean
}

/** What is missing, why, and the one next thing to do. */
export function Empty(props: Props) {
  const Title = props.page ? 'h1' : 'p'
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      {props.icon && (
        <span className="rounded-full bg-sunken p-2.5 text-muted">
          <Icon name={props.icon} className="size-5" />
        </span>
      )}
      <Title className="font-medium">{props.title}</Title>
      {props.hint && <p className="max-w-md text-sm text-muted">{props.hint}</p>}
      {props.action && <div className="mt-2">{props.action}</div>}
    </div>
  )
}
