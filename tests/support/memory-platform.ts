import type { Usage } from '#domain/account-limits.ts'
import type { PlatformFailure } from '#domain/platform-failure.ts'
import type { AdPlatform } from '#functions/ports/index.ts'

/** One call that reached the platform. */
export interface SeenCall {
  at: number
  method: string
  /** Of a `set`. */
  delivery: 'active' | 'paused' | null
}

/** What a test decides about the platform. */
export interface Weather {
  /** Thrown by every call while it is there. */
  failure: PlatformFailure | null
  /** What the next answers say of the account's quota. */
  usage: Usage
  /** Runs before each call is answered. */
  before: (call: SeenCall) => Promise<void>
}

/** An ad platform that keeps its campaigns in memory, so that a test of the guards sees each call and no network. */
export function memoryPlatform(now: () => number) {
  const calls: SeenCall[] = []
  const delivering = new Map<string, 'active' | 'paused'>()
  const named = new Map<string, string>()
  const weather: Weather = { failure: null, usage: { percent: 1 }, before: async () => undefined }

  const open = (report: (usage: Usage) => void): AdPlatform => {
    async function seen<T>(method: string, answer: () => T, delivery: SeenCall['delivery'] = null): Promise<T> {
      const call = { at: now(), method, delivery }
      calls.push(call)
      await weather.before(call)
      if (weather.failure) throw weather.failure
      report(weather.usage)
      return answer()
    }
    return {
      plan: async ({ campaign, dailyBudget }) => {
        const payload = { name: campaign.ref }
        const step = { key: 'campaign', level: 'campaign', name: `${campaign.id} ~x`, payload, digest: 'd' }
        return { steps: [step], targeting: [], mostItCanCost: dailyBudget, mostOnOneDay: dailyBudget }
      },
      keepImage: async () => null,
      create: (step) =>
        seen('create', () => {
          const id = `ext_${named.size + 1}`
          named.set(step.name ?? '', id)
          delivering.set(id, 'paused')
          return id
        }),
      update: () => seen('update', () => undefined),
      find: (step) =>
        seen('find', () => {
          const id = named.get(step.name ?? '')
          return id ? [{ id, createdAt: '2026-11-20T12:00:00Z' }] : []
        }),
      set: (made, delivery) => seen('set', () => void delivering.set(made.campaign ?? '', delivery), delivery),
      state: (made) =>
        seen('state', () => ({ confirmed: delivering.get(made.campaign ?? '') ?? 'gone', message: null })),
      remove: (_level, id) => seen('remove', () => void delivering.delete(id)),
      stopped: () => seen('stopped', () => []),
      report: () => seen('report', () => ({ state: 'page' as const, rows: [], token: null })),
      check: () => seen('check', () => ({ accountName: 'Andes', currency: 'USD', timeZone: 'America/Bogota' })),
    }
  }
  return { calls, delivering, weather, open }
}
