import type { Operation } from '../faults.ts'
import { effectiveStatus } from '../status.ts'
import type { World } from '../world.ts'
import { GraphError } from './errors.ts'

/** Usage of an ad account in a sliding window of virtual time, told in the headers of every answer and enforced at 100 %. */
export interface RateLimits {
  /** Counts a call; throws when the account has no calls left. */
  spend(account: string, operation: Operation): void
  headers(account: string | undefined, businessId: string | undefined): Record<string, string>
  clear(): void
}

interface Slot {
  management: number
  insights: number
}

const SLOT_MS = 60_000
const HOUR_SLOTS = 60
const BURST_SLOTS = 5
const READS: readonly Operation[] = ['read', 'list', 'search', 'me', 'debug-token', 'estimate']
const INSIGHTS: readonly Operation[] = ['insights', 'create-report', 'poll-report', 'read-report']

export function rateLimits(world: World): RateLimits {
  const accounts = new Map<string, Map<number, Slot>>()
  const active = new Map<string, { at: number; count: number }>()

  /** Counted again at most once a virtual minute: it costs a look at every ad. */
  const activeAds = (account: string): number => {
    const known = active.get(account)
    const slot = Math.floor(world.now() / SLOT_MS)
    if (known?.at === slot) return known.count
    const count = world.edge(account, 'ad').filter((id) => {
      const ad = world.things.get(id)
      return ad !== undefined && effectiveStatus(world, ad, world.now()) === 'ACTIVE'
    }).length
    active.set(account, { at: slot, count })
    return count
  }

  const used = (account: string, slots: number): Slot => {
    const now = Math.floor(world.now() / SLOT_MS)
    const sum = { management: 0, insights: 0 }
    for (const [slot, points] of accounts.get(account) ?? []) {
      if (slot <= now - HOUR_SLOTS) accounts.get(account)?.delete(slot)
      if (slot <= now - slots) continue
      sum.management += points.management
      sum.insights += points.insights
    }
    return sum
  }

  const percent = (account: string): { management: number; insights: number; burst: number } => {
    const { limits } = world.settings
    const hour = used(account, HOUR_SLOTS)
    const burst = used(account, BURST_SLOTS)
    const ads = activeAds(account)
    return {
      management: (100 * hour.management) / (limits.managementBase + limits.managementPerActiveAd * ads),
      insights: (100 * hour.insights) / (limits.insightsBase + limits.insightsPerActiveAd * ads),
      burst: (100 * (burst.management + burst.insights)) / limits.burst,
    }
  }

  return {
    spend: (account, operation) => {
      const kind = INSIGHTS.includes(operation) ? 'insights' : 'management'
      const now = percent(account)
      if (now.burst >= 100)
        throw new GraphError(17, '(#17) User request limit reached', {
          subcode: 2446079,
          title: 'Ad account has too many API calls',
          say: 'There have been too many calls from this ad account. Wait a while and try again.',
          transient: true,
        })
      if (now[kind] >= 100)
        throw new GraphError(
          kind === 'insights' ? 80000 : 80004,
          `(#${kind === 'insights' ? 80000 : 80004}) There have been too many calls to this ad-account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting#ads-management.`,
          { subcode: 2446079, transient: true },
        )
      const slots = accounts.get(account) ?? new Map<number, Slot>()
      accounts.set(account, slots)
      const slot = Math.floor(world.now() / SLOT_MS)
      const points = slots.get(slot) ?? { management: 0, insights: 0 }
      points[kind] += READS.includes(operation) || kind === 'insights' ? 1 : 3
      slots.set(slot, points)
    },
    headers: (account, businessId) => {
      if (account === undefined)
        return { 'x-app-usage': JSON.stringify({ call_count: 1, total_cputime: 0, total_time: 0 }) }
      const now = percent(account)
      const whole = (value: number): number => Math.min(100, Math.ceil(value))
      const usage = (type: string, value: number): object => ({
        type,
        call_count: whole(value),
        total_cputime: whole(value * 0.8),
        total_time: whole(value * 0.9),
        estimated_time_to_regain_access: value >= 100 ? minutesToRegain(accounts.get(account)) : 0,
        ads_api_access_tier: 'standard_access',
      })
      return {
        'x-business-use-case-usage': JSON.stringify({
          [businessId ?? account]: [
            usage('ads_management', Math.max(now.management, now.burst)),
            usage('ads_insights', now.insights),
          ],
        }),
        'x-app-usage': JSON.stringify({
          call_count: whole(now.management),
          total_cputime: whole(now.management * 0.8),
          total_time: whole(now.management * 0.9),
        }),
        'x-ad-account-usage': JSON.stringify({
          acc_id_util_pct: Math.round(now.burst * 100) / 100,
          reset_time_duration: now.burst >= 100 ? 300 : 0,
          ads_api_access_tier: 'standard_access',
        }),
        'x-fb-ads-insights-throttle': JSON.stringify({
          app_id_util_pct: Math.round(now.insights * 100) / 100,
          acc_id_util_pct: Math.round(now.insights * 100) / 100,
          ads_api_access_tier: 'standard_access',
        }),
      }
    },
    clear: () => {
      accounts.clear()
      active.clear()
    },
  }

  /** Until the oldest minute of the window falls out of it. */
  function minutesToRegain(slots: Map<number, Slot> | undefined): number {
    const oldest = Math.min(...(slots?.keys() ?? []))
    return Math.max(1, oldest + HOUR_SLOTS - Math.floor(world.now() / SLOT_MS))
  }
}
