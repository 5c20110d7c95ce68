import { useSyncExternalStore } from 'react'

export type LiveState = 'loading' | 'cached' | 'live' | 'denied' | 'offline'
export type Pulse = 'live' | 'cached' | 'offline'

const watched = new Map<symbol, LiveState>()
const listeners = new Set<() => void>()
let pulse: Pulse = 'cached'

function recount() {
  const states = [...watched.values()]
  const next: Pulse =
    !navigator.onLine || states.includes('offline')
      ? 'offline'
      : states.some((state) => state === 'loading' || state === 'cached')
        ? 'cached'
        : 'live'
  if (next === pulse) return
  pulse = next
  for (const listen of listeners) listen()
}

window.addEventListener('online', recount)
window.addEventListener('offline', recount)

export function report(key: symbol, state: LiveState): void {
  watched.set(key, state)
  recount()
}

export function forget(key: symbol): void {
  watched.delete(key)
  recount()
}

/** The worst of what the screen listens to: the dot in the header. */
export function usePulse(): Pulse {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => pulse,
  )
}
