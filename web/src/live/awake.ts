import { useSyncExternalStore } from 'react'

const ASLEEP_AFTER_MS = 5 * 60_000

let awake = true
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function change(next: boolean) {
  if (awake === next) return
  awake = next
  for (const listen of listeners) listen()
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(timer)
  if (document.visibilityState === 'visible') change(true)
  else timer = setTimeout(() => change(false), ASLEEP_AFTER_MS)
})

/** False while the tab has been hidden for five minutes: listeners detach, because an unseen list still costs reads. */
export function useAwake(): boolean {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => awake,
  )
}
