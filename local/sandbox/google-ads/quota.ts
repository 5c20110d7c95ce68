import type { World } from '../world.ts'
import { GoogleAdsError, GRPC } from './errors.ts'

const WINDOW_MS = 300_000
const windows = new WeakMap<World, Map<string, { from: number; calls: number }>>()

/** Calls per account in 300 s of virtual time; beyond it the platform asks to wait until the window is over. */
export function spendQuota(world: World, account: string): void {
  const known = windows.get(world) ?? new Map<string, { from: number; calls: number }>()
  windows.set(world, known)
  const now = world.now()
  const before = known.get(account)
  const window = before && now - before.from < WINDOW_MS ? before : { from: now, calls: 0 }
  window.calls++
  known.set(account, window)
  if (window.calls <= world.settings.limits.burst) return
  throw new GoogleAdsError(GRPC.RESOURCE_EXHAUSTED, [
    {
      kind: 'quota_error',
      code: 'RESOURCE_TEMPORARILY_EXHAUSTED',
      message: 'Too many requests. Retry in a while.',
      retrySeconds: Math.ceil((window.from + WINDOW_MS - now) / 1000),
    },
  ])
}
