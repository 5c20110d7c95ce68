interface Props<V extends string> {
  label: string
  value: V
  options: readonly (readonly [value: V, label: string])[]
  choose: (value: V) => void
}

/** One of a few filters; the choice lives in the address. */
export function Chips<V extends string>({ label, value, options, choose }: Props<V>) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">{label}</legend>
      {options.map(([option, text]) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => choose(option)}
          className="min-h-8 rounded-full border border-transparent px-3 text-sm font-medium text-muted hover:bg-sunken hover:text-ink aria-pressed:border-accent/30 aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {text}
        </button>
      ))}
    </fieldset>
  )
}
