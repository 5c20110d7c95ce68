import { type ReactNode, useId } from 'react'

interface Props {
  title: string
  /** What the numbers in it are, in a line. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** Tables and lists reach the border. */
  flush?: boolean
  className?: string
}

export function Panel({ title, note, actions, children, flush = false, className = '' }: Props) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-lg border border-line bg-surface shadow-raised ${className}`}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-2">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {note && <p className="text-xs text-muted">{note}</p>}
        {actions && <div className="-me-2 ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={flush ? 'pb-1' : 'px-4 pb-4'}>{children}</div>
    </section>
  )
}

/** Facts as pairs of name and value. */
export function Facts({ items }: { items: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5 text-sm">
      {items.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
