import type { SandboxClock } from '../settings.ts'

/** New objects that lists do not show yet; reading them by id works. In memory: a restart shows them. */
export interface Unlisted {
  hide(id: string, clock: 'virtual' | 'real', seconds: number): void
  has(id: string): boolean
  clear(): void
}

export function unlistedThings(clock: SandboxClock): Unlisted {
  const until = new Map<string, { clock: 'virtual' | 'real'; at: number }>()
  const nowOf = (which: 'virtual' | 'real'): number => (which === 'real' ? Date.now() : clock.now())
  return {
    hide: (id, which, seconds) => {
      if (id !== '') until.set(id, { clock: which, at: nowOf(which) + seconds * 1000 })
    },
    has: (id) => {
      const hidden = until.get(id)
      if (!hidden) return false
      if (nowOf(hidden.clock) < hidden.at) return true
      until.delete(id)
      return false
    },
    clear: () => until.clear(),
  }
}
