import type { World } from '../world.ts'
import { AdsError } from './errors.ts'

/** Unused calls are saved up for this long. */
const BURST_SECONDS = 10
const buckets = new WeakMap<World, Map<string, { calls: number; at: number }>>()

export const RATE_HEADER = 'x-amzn-ratelimit-limit'

/** One call of a profile, by virtual time; beyond its rate the platform says in how many seconds there is another. */
export function spendCall(world: World, profile: string): void {
  const rate = world.settings.amazonPerSecond
  const most = Math.max(1, rate * BURST_SECONDS)
  const now = world.now()
  const known = buckets.get(world) ?? new Map<string, { calls: number; at: number }>()
  buckets.set(world, known)
  const before = known.get(profile) ?? { calls: most, at: now }
  const calls = Math.min(most, before.calls + (Math.max(0, now - before.at) / 1000) * rate)
  if (calls < 1)
    throw new AdsError(429, '429', 'Too Many Requests', { 'retry-after': String(Math.ceil((1 - calls) / rate)) })
  known.set(profile, { calls: calls - 1, at: now })
}
