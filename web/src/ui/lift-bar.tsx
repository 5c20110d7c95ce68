/** A share inside a group against the share overall: the bar and the mark. The words beside it say the same. */
export function LiftBar({ share, overall }: { share: number; overall: number }) {
  const percent = (value: number) => `${Math.min(100, Math.max(0, value * 100))}%`
  return (
    <span aria-hidden="true" className="relative block h-1.5 rounded-full bg-sunken">
      <span className="absolute inset-y-0 start-0 rounded-full bg-accent" style={{ width: percent(share) }} />
      <span className="absolute -inset-y-1 w-0.5 rounded-full bg-ink" style={{ insetInlineStart: percent(overall) }} />
    </span>
  )
}
