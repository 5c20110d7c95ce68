import { Icon } from './icon.tsx'

export function SearchBox(props: { name: string; label: string; hint: string; initial: string | undefined }) {
  return (
    <span className="relative min-w-0 flex-1">
      <span className="pointer-events-none absolute start-2.5 top-2 text-muted">
        <Icon name="search" />
      </span>
      <input
        type="search"
        name={props.name}
        aria-label={props.label}
        placeholder={props.hint}
        defaultValue={props.initial}
        className="min-h-8 w-full sm:w-72 rounded-md border border-control bg-surface ps-8 pe-2 text-sm"
      />
    </span>
  )
}
