import { z } from 'zod'
import { Stored } from './entity.ts'
import { Instant } from './time.ts'

/** `orgs/{org}/limits/{platform}_{account}`: what all workers together know of one ad account's patience. */
export const AccountLimits = Stored.extend({
  /** Calls that may be made now; grows with time. */
  tokens: z.number(),
  tokensAt: Instant,
  /** Calls a second that the platform said it takes, where that is fewer than ours; holds until `pacedUntil`. */
  perSecond: z.number().nullish(),
  pacedUntil: Instant.nullish(),
  /** Share of the quota in use, right to `USAGE_STEP`, where the platform tells it; absent = 0. */
  usedPercent: z.number().optional(),
  /** New work waits until then, because the platform says that much of the quota is used. */
  slowUntil: Instant.nullable(),
  /** Nothing but pauses is sent until then, because the platform said so. */
  closedUntil: Instant.nullable(),
  /** The newest failures that may pass by themselves. */
  failures: z.array(Instant),
  /** Failures since the last success. */
  failuresInRow: z.int(),
  /** The breaker is open; one call may try again at this time. */
  probeAt: Instant.nullable(),
  authFailuresInRow: z.int(),
  /** The platform refuses the token since then: only a saved or checked connection helps. */
  authSince: Instant.nullable(),
})
export type AccountLimits = z.infer<typeof AccountLimits>

/** As a platform's headers tell it. */
export interface Usage {
  /** Highest share of any quota in use. */
  percent: number
  /** Where the platform says how long until it takes calls again. */
  retryAfterSeconds?: number
  /** Where the platform says how many calls a second it takes. */
  perSecond?: number
}

const PER_SECOND = 20
/** A worker takes this many at once, so that the document is written once a second at most. */
export const CHUNK = 20
/** A worker's unused tokens are void after this. */
export const CHUNK_MS = 10_000
const MOST_TOKENS = 200
/** What a platform says of its pace is believed for so long. */
const PACE_MS = 600_000
export const BUSY_PERCENT = 75
/** A use that changed by less is not written down. */
export const USAGE_STEP = 10
const SLOW_MS = 30_000
const FULL_MS = 300_000
const FAILURES_TO_OPEN = 5
const FAILURE_WINDOW_MS = 60_000
export const PROBE_MS = 30_000
const AUTH_FAILURES_TO_OPEN = 3
const AUTH_RETRY_MS = 300_000

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString()
const latest = (a: string | null, b: string): string => (a && a > b ? a : b)

export const freshLimits = (id: string, now: Date): AccountLimits => ({
  id,
  schemaVersion: 1,
  tokens: MOST_TOKENS,
  tokensAt: now.toISOString(),
  usedPercent: 0,
  slowUntil: null,
  closedUntil: null,
  failures: [],
  failuresInRow: 0,
  probeAt: null,
  authFailuresInRow: 0,
  authSince: null,
})

/** What an account answers to somebody who wants to begin: go on, try as the one probe, or wait. */
export type Admission =
  | { kind: 'go' }
  | { kind: 'probe' }
  | { kind: 'wait'; by: 'rate_limit' | 'breaker' | 'auth'; until: string }

export function admission(limits: AccountLimits, now: Date): Admission {
  const at = now.toISOString()
  if (limits.authSince) return { kind: 'wait', by: 'auth', until: later(now, AUTH_RETRY_MS) }
  if (limits.closedUntil && limits.closedUntil > at)
    return { kind: 'wait', by: 'rate_limit', until: limits.closedUntil }
  if (limits.slowUntil && limits.slowUntil > at) return { kind: 'wait', by: 'rate_limit', until: limits.slowUntil }
  if (!limits.probeAt) return { kind: 'go' }
  return limits.probeAt > at ? { kind: 'wait', by: 'breaker', until: limits.probeAt } : { kind: 'probe' }
}

/** The probe is leased: nobody else tries until the next one is due. */
export const probing = (limits: AccountLimits, now: Date): AccountLimits => ({
  ...limits,
  probeAt: later(now, PROBE_MS),
})

/** A slow platform gives out no more than it takes while a chunk holds. */
function paceOf({ perSecond, pacedUntil }: AccountLimits, now: Date): { rate: number; chunk: number; most: number } {
  if (!perSecond || !pacedUntil || pacedUntil <= now.toISOString())
    return { rate: PER_SECOND, chunk: CHUNK, most: MOST_TOKENS }
  const chunk = Math.max(1, Math.min(CHUNK, Math.floor((perSecond * CHUNK_MS) / 1000)))
  return { rate: perSecond, chunk, most: chunk }
}

/** Takes a whole chunk of calls, or says when there will be one. */
export function takeChunk(
  limits: AccountLimits,
  now: Date,
): { next: AccountLimits; chunk: number } | { until: string } {
  const { rate, chunk, most } = paceOf(limits, now)
  const passed = Math.max(0, now.getTime() - Date.parse(limits.tokensAt)) / 1000
  const tokens = Math.min(most, limits.tokens + passed * rate)
  if (tokens < chunk) return { until: later(now, Math.ceil(((chunk - tokens) / rate) * 1000)) }
  return { next: { ...limits, tokens: tokens - chunk, tokensAt: now.toISOString() }, chunk }
}

/** True where something could follow from it. */
export const tells = ({ percent, perSecond }: Usage): boolean => percent > 0 || (perSecond ?? PER_SECOND) < PER_SECOND

/** What was in the bucket was meant for a faster platform. Written once per pace, not once per call. */
function afterPace(limits: AccountLimits, perSecond: number | undefined, now: Date): AccountLimits {
  if (!perSecond || perSecond >= PER_SECOND) return limits
  const kept = limits.pacedUntil && limits.pacedUntil > now.toISOString() ? limits.perSecond : undefined
  if (kept && kept <= perSecond) return limits
  const bucket = limits.perSecond === perSecond ? {} : { tokens: 0, tokensAt: now.toISOString() }
  return { ...limits, ...bucket, perSecond, pacedUntil: later(now, PACE_MS) }
}

/** The document after a usage report; the same one where nothing follows from it. */
export function afterUsage(before: AccountLimits, usage: Usage, now: Date): AccountLimits {
  const limits = afterPace(before, usage.perSecond, now)
  const told = withUse(limits, usage.percent)
  if (usage.percent >= 100)
    return { ...told, closedUntil: latest(limits.closedUntil, later(now, wait(usage.retryAfterSeconds, FULL_MS))) }
  if (usage.percent < BUSY_PERCENT) return told
  // Written once per pause, not once per call.
  if (limits.slowUntil && limits.slowUntil > now.toISOString()) return limits
  return { ...told, slowUntil: later(now, SLOW_MS) }
}

const withUse = (limits: AccountLimits, usedPercent: number): AccountLimits =>
  Math.abs((limits.usedPercent ?? 0) - usedPercent) < USAGE_STEP ? limits : { ...limits, usedPercent }

const wait = (seconds: number | undefined, otherwiseMs: number): number => (seconds ? seconds * 1000 : otherwiseMs)

export const afterThrottled = (limits: AccountLimits, seconds: number | undefined, now: Date): AccountLimits => ({
  ...limits,
  closedUntil: latest(limits.closedUntil, later(now, wait(seconds, 60_000))),
})

/** Five within a minute, or five without any success between, open the breaker. */
export function afterFailure(limits: AccountLimits, now: Date): AccountLimits {
  const failures = [...limits.failures, now.toISOString()].slice(-FAILURES_TO_OPEN)
  const failuresInRow = limits.failuresInRow + 1
  const recent = failures.filter((at) => Date.parse(at) > now.getTime() - FAILURE_WINDOW_MS)
  const opens = limits.probeAt !== null || recent.length >= FAILURES_TO_OPEN || failuresInRow >= FAILURES_TO_OPEN
  return { ...limits, failures, failuresInRow, probeAt: opens ? later(now, PROBE_MS) : null }
}

export function afterAuthFailure(limits: AccountLimits, now: Date): AccountLimits {
  const authFailuresInRow = limits.authFailuresInRow + 1
  const opens = limits.authSince !== null || authFailuresInRow >= AUTH_FAILURES_TO_OPEN
  return { ...limits, authFailuresInRow, authSince: opens ? (limits.authSince ?? now.toISOString()) : null }
}

/** A person says that it may be tried again: the next call tells whether it works. */
export const authForgotten = (limits: AccountLimits): AccountLimits => ({
  ...limits,
  authFailuresInRow: 0,
  authSince: null,
})

/** True where a success says something new. */
export const troubled = (limits: AccountLimits): boolean =>
  limits.failuresInRow > 0 || limits.authFailuresInRow > 0 || limits.probeAt !== null || limits.authSince !== null

export const afterSuccess = (limits: AccountLimits): AccountLimits => ({
  ...limits,
  failures: limits.probeAt ? [] : limits.failures,
  failuresInRow: 0,
  probeAt: null,
  authFailuresInRow: 0,
  authSince: null,
})
