/** The one clock of the stack, as the sandbox needs it. Virtual epoch milliseconds. */
export interface SandboxClock {
  now(): number
  advance(ms: number): unknown
  /** Virtual milliseconds per real one; a clock without it cannot change its speed. */
  setSpeed?(speed: number): void
}

export interface Limits {
  /** Points per account in a sliding hour, before and per active ad: reads cost 1, writes 3. */
  managementBase: number
  managementPerActiveAd: number
  insightsBase: number
  insightsPerActiveAd: number
  /** Points per account in 300 s, all calls together. */
  burst: number
}

export interface SandboxSettings {
  /** Graph API versions that are answered. */
  versions: string[]
  /** How long a review takes, virtual minutes, drawn by seed between the two. */
  reviewMinutes: { min: number; max: number }
  /** How long an asynchronous report takes, in seconds of whichever clock (real, virtual) gets there first. */
  reportSeconds: number
  /** A synchronous insights query beyond this many rows is refused, as the platform refuses too much data. */
  syncInsightsMaxRows: number
  /** A custom audience with fewer matched people is not delivered to. */
  minimumAudience: number
  /** Budget edits per ad set and virtual hour. */
  budgetEditsPerHour: number
  /** Accept links to this machine, which the platform would refuse, so that a local stack's clicks can be followed. */
  localLinks: boolean
  limits: Limits
  /** Calls that Amazon takes of one profile, told in a header of every answer. */
  amazonPerSecond: number
}

/** The platform's published figures where there are some: standard access, 100,000 + 40 per active ad, 9,000 per 300 s. */
export const DEFAULT_SETTINGS: SandboxSettings = {
  versions: ['v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'],
  reviewMinutes: { min: 5, max: 15 },
  reportSeconds: 2,
  syncInsightsMaxRows: 5000,
  minimumAudience: 100,
  budgetEditsPerHour: 4,
  localLinks: true,
  limits: {
    managementBase: 100_000,
    managementPerActiveAd: 40,
    insightsBase: 190_000,
    insightsPerActiveAd: 400,
    burst: 9000,
  },
  amazonPerSecond: 50,
}

export type Log = (message: string, fields?: Record<string, unknown>) => void
