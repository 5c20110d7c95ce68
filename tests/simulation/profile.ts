/** How often what goes wrong, as probabilities; times in milliseconds. RELIABILITY.md 0.1 is where the numbers are from. */
export interface Profile {
  /** Per port call, each before and after its effect. */
  kill: number
  stall: number
  /** A stall is about as long as a lease: sometimes the worker comes back to find itself replaced. */
  stallMs: readonly [number, number]
  /** Per port call: the effect happened, the caller is told that nobody answered. */
  timeout: number
  /** Per delivery of a task or an event. */
  duplicate: number
  /** How far a worker's own clock may be off. */
  skewMs: number
  platform: PlatformFaults
}

export interface PlatformFaults {
  throttled: number
  neverLanded: number
  answerLost: number
  /** Made only after the caller gave up. */
  landsLate: number
  failed: number
  expiredToken: number
  rejected: number
  /** New objects show up in lists only later. */
  listLag: boolean
}

const PLATFORM: PlatformFaults = {
  throttled: 0.06,
  neverLanded: 0.06,
  answerLost: 0.1,
  landsLate: 0.06,
  failed: 0.06,
  expiredToken: 0.01,
  rejected: 0.06,
  listLag: true,
}

export const STORMY: Profile = {
  kill: 0.015,
  stall: 0.012,
  stallMs: [10_000, 80_000],
  timeout: 0.015,
  duplicate: 0.15,
  skewMs: 300_000,
  platform: PLATFORM,
}

export const CALM: Profile = {
  kill: 0,
  stall: 0,
  stallMs: [75_000, 75_000],
  timeout: 0,
  duplicate: 0,
  skewMs: 0,
  platform: {
    ...{ throttled: 0, neverLanded: 0, answerLost: 0, landsLate: 0, failed: 0, expiredToken: 0, rejected: 0 },
    listLag: false,
  },
}

/** The platform's bounds, and the quarantine that covers them: client timeout + latest landing + list lag, and some room. */
export const TIMEOUT_MS = 10_000
export const LATEST_LANDING_MS = 60_000
export const LIST_LAG_MS = 20_000
export const MAY_STILL_LAND_MS = TIMEOUT_MS + LATEST_LANDING_MS + LIST_LAG_MS
export const QUARANTINE_MS = MAY_STILL_LAND_MS + 20_000
