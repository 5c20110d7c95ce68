import { z } from 'zod'
import { type AccountLimits, BUSY_PERCENT, USAGE_STEP } from './account-limits.ts'
import { PLATFORMS, type PlatformKey } from './ids.ts'

/** How long it may take until everything that was stopped at once stands still on its platforms, and what it waits for longest. */
export const PauseBound = z
  .object({
    /** What is left to pause: campaigns, and the ads of them on each platform. */
    campaigns: z.int(),
    channels: z.int(),
    /** Null = it cannot be said: a platform does not answer, or refuses the connection. */
    seconds: z.int().nullable(),
    /** What binds: our own pace, the platform's limits, or that it takes no calls at all. Null where nothing is left to pause. */
    by: z.enum(['halting', 'queue', 'quota', 'closed', 'breaker', 'auth']).nullable(),
    platform: z.enum(PLATFORMS).nullable(),
    /** The same in one sentence. */
    text: z.string(),
  })
  .meta({ id: 'PauseBound' })
export type PauseBound = z.infer<typeof PauseBound>

/** What one platform has to be told, by a queue of this pace, and what is known of the ad account. */
export interface PauseLoad {
  platform: PlatformKey
  channels: number
  pace: { perSecond: number; atOnce: number }
  limits: AccountLimits | undefined
}

/** Campaigns that are halted at once, and the seconds that one takes: a transaction, its events and its tasks. */
export const HALTS_AT_ONCE = 25
const HALT_SECONDS = 0.5
/** One pause from its task to its confirmation, the platform's two answers included. */
const PAUSE_SECONDS = 3
/** The event's way, instances that start, and the last pause. */
const START_SECONDS = 8

interface Quota {
  most: number
  windowSeconds: number
  perPause: number
  /** Whether the platform tells how much of it is used. */
  told: boolean
  words: string
}

/** What an account with standard (Meta) or basic (Google Ads) access may do, in the platform's own units. Amazon publishes no figure. */
const QUOTAS: Partial<Record<PlatformKey, Quota>> = {
  meta: {
    ...{ most: 9000, windowSeconds: 300, perPause: 4, told: true },
    words: 'Meta’s 9,000 points in 5 minutes (a pause scores 4)',
  },
  'google-ads': {
    ...{ most: 15_000, windowSeconds: 86_400, perPause: 2, told: false },
    words: 'Google Ads’ 15,000 operations a day (a pause takes 2)',
  },
}

const NAMES: Record<PlatformKey, string> = { meta: 'Meta', 'google-ads': 'Google Ads', 'amazon-ads': 'Amazon Ads' }
const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`

interface Bound {
  seconds: number | null
  by: NonNullable<PauseBound['by']>
  platform: PlatformKey | null
  words: string
}

/** The bound of pausing `campaigns`, if nothing else waits in the queues and the platforms answer as they usually do. */
export function pauseBound(campaigns: number, loads: readonly PauseLoad[], now: Date): PauseBound {
  const channels = loads.reduce((sum, load) => sum + load.channels, 0)
  const none = { campaigns, channels, seconds: 0, by: null, platform: null }
  if (channels === 0) return { ...none, text: 'Nothing is left to pause' }
  const halting: Bound = {
    ...{ seconds: (campaigns / HALTS_AT_ONCE) * HALT_SECONDS, by: 'halting', platform: null },
    words: `our own pace, ${HALTS_AT_ONCE} campaigns at once`,
  }
  const { seconds, by, platform, words } = loads
    .filter((load) => load.channels > 0)
    .flatMap((load) => boundsOf(load, now))
    .reduce((worst, each) => (rank(each) > rank(worst) ? each : worst), halting)
  const what = `${count(campaigns, 'campaign')} (${count(channels, 'channel')})`
  if (seconds === null) return { ...none, seconds, by, platform, text: `${what}: no bound, because ${words}` }
  const whole = Math.ceil(seconds + START_SECONDS)
  const text = `${what}: paused within ${whole.toLocaleString('en')} s; the bound is ${words}`
  return { ...none, seconds: whole, by, platform, text }
}

const rank = ({ seconds }: Bound): number => seconds ?? Number.POSITIVE_INFINITY

function boundsOf({ platform, channels, pace, limits }: PauseLoad, now: Date): Bound[] {
  const name = NAMES[platform]
  if (limits?.authSince) {
    const words = `${name} refuses the connection: connect it again, or pause there by hand`
    return [{ seconds: null, by: 'auth', platform, words }]
  }
  if (limits?.probeAt)
    return [
      { seconds: null, by: 'breaker', platform, words: `${name} does not answer; pauses are sent again until it does` },
    ]
  const closed = Math.max(0, (Date.parse(limits?.closedUntil ?? now.toISOString()) - now.getTime()) / 1000)
  const queued = Math.max(channels / pace.perSecond, (channels / pace.atOnce) * PAUSE_SECONDS)
  const words = `our queue for ${name}, ${pace.atOnce} pauses at once`
  const bounds: Bound[] = [{ seconds: queued, by: 'queue', platform, words }]
  const quota = QUOTAS[platform]
  if (quota) {
    const waits = quotaSeconds(channels * quota.perPause, quota, used(limits, quota, now))
    bounds.push({ seconds: waits && waits + queued, by: 'quota', platform, words: quota.words })
  }
  if (closed === 0) return bounds
  const worst = bounds.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  return [
    {
      seconds: closed + rank(worst),
      by: 'closed',
      platform,
      words: `that ${name} takes no calls until ${limits?.closedUntil}`,
    },
  ]
}

/** Whole windows that must pass before the platform has taken all points: what was used before is free again only when its window ends. */
function quotaSeconds(points: number, { most, windowSeconds }: Quota, share: number): number {
  const beyond = points - most * (1 - share)
  return beyond <= 0 ? 0 : Math.ceil(beyond / most) * windowSeconds
}

/** The share of the quota that is used already, at most. */
function used(limits: AccountLimits | undefined, { windowSeconds, told }: Quota, now: Date): number {
  if (!limits) return 0
  // Ordinary calls take tokens: without any in the whole window none of ours counts.
  if (now.getTime() - Date.parse(limits.tokensAt) > windowSeconds * 1000) return 0
  if (limits.slowUntil && limits.slowUntil > now.toISOString()) return 1
  // Where it is not told, up to this much may be gone: beyond it new work waits.
  return Math.min(100, told ? (limits.usedPercent ?? 0) + USAGE_STEP : BUSY_PERCENT) / 100
}
