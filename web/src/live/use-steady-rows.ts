import { type HTMLAttributes, useEffect, useRef, useState } from 'react'

const SCROLLED_PX = 120

export interface Steady<T> {
  rows: T[]
  /** Rows that came and are not shown yet. */
  waiting: number
  fresh: ReadonlySet<string>
  leaving: ReadonlySet<string>
  release: () => void
  /** Spread on the element that holds the table. */
  zone: HTMLAttributes<HTMLElement>
}

/**
 * Rows keep their places while somebody points at them, works in them with the keyboard, or has scrolled down: values change in
 * place, new rows wait. Otherwise they come in as they are.
 */
export function useSteadyRows<T>(incoming: readonly T[], keyOf: (row: T) => string): Steady<T> {
  const [held, setHeld] = useState<readonly T[] | null>(null)
  const [inside, setInside] = useState(false)
  const scrolled = useScrolled()
  const fresh = useFresh(incoming.map(keyOf))

  const hold = inside || scrolled
  if (hold && held === null) setHeld(incoming)
  if (!hold && held !== null) setHeld(null)

  const shown = hold && held ? [...held, ...below(held, incoming, keyOf)] : incoming
  const now = new Map(incoming.map((row) => [keyOf(row), row]))
  const known = new Set(shown.map(keyOf))
  return {
    rows: shown.map((row) => now.get(keyOf(row)) ?? row),
    waiting: incoming.filter((row) => !known.has(keyOf(row))).length,
    leaving: new Set([...known].filter((key) => !now.has(key))),
    fresh,
    release: () => setHeld(incoming),
    zone: {
      onPointerEnter: (event) => event.pointerType === 'mouse' && setInside(true),
      onPointerLeave: () => setInside(false),
    },
  }
}

/** What comes after the last row that is held moves nothing: it is shown at once. */
function below<T>(held: readonly T[], incoming: readonly T[], keyOf: (row: T) => string): readonly T[] {
  const keys = new Set(held.map(keyOf))
  const last = incoming.findLastIndex((row) => keys.has(keyOf(row)))
  return last < 0 ? [] : incoming.slice(last + 1)
}

function useScrolled(): boolean {
  const [scrolled, setScrolled] = useState(false)
  useEffect(() => {
    const look = () => setScrolled(window.scrollY > SCROLLED_PX)
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [])
  return scrolled
}

/** Keys that were not there when the list was first known. */
function useFresh(keys: readonly string[]): ReadonlySet<string> {
  const first = useRef<Set<string> | null>(null)
  if (first.current === null && keys.length > 0) first.current = new Set(keys)
  return new Set(keys.filter((key) => first.current !== null && !first.current.has(key)))
}
