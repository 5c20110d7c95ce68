/** What really is on the platform, which no worker ever sees whole. */
export interface PlatformObject {
  id: string
  level: string
  name: string
  /** The campaign that it lies in; its own id for a campaign. */
  campaign: string
  delivery: 'active' | 'paused'
  /** Minor units; 0 for what is no campaign. */
  dailyBudget: number
  everActive: boolean
  removed: boolean
  createdAt: number
  /** When lists show it. */
  visibleAt: number
  rejected: boolean
  /** Null until it was activated for the first time. */
  reviewedAt: number | null
}

export interface Books {
  objects: PlatformObject[]
  /** Ids of campaigns of which the platform has said that they deliver. */
  saidActive: Set<string>
  /** Ids of campaigns of which it has said that they do not, or that it made paused. */
  saidPaused: Set<string>
  byId(id: string | undefined): PlatformObject | undefined
  named(name: string): PlatformObject[]
  /** Called after everything that changes here. */
  observe(look: () => void): void
  changed(): void
}

export function emptyBooks(): Books {
  const objects: PlatformObject[] = []
  const observers: (() => void)[] = []
  return {
    objects,
    saidActive: new Set(),
    saidPaused: new Set(),
    byId: (id) => objects.find((object) => object.id === id),
    named: (name) => objects.filter((object) => object.name === name && !object.removed),
    observe: (look) => void observers.push(look),
    changed: () => {
      for (const look of observers) look()
    },
  }
}
