import type { Usage } from '#domain/account-limits.ts'
import type { Connection } from '#domain/connection.ts'
import { DomainError } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { AdPlatform, AdPlatforms, Secrets } from '#functions/ports/index.ts'
import type { Chunks } from './account-guard.ts'
import { type Guards, guardedPlatform, type Loaded } from './guarded.ts'

interface Pace {
  /** Client timeout + latest landing of a lost create + lag of the platform's lists. */
  quarantineMs: number
  reviewPollSeconds: number
}

/** RELIABILITY.md 2.3: ten minutes until measured; the sandbox's bounds are seconds. */
const CLOUD: Pace = { quarantineMs: 600_000, reviewPollSeconds: 300 }
const SANDBOX: Pace = { quarantineMs: 35_000, reviewPollSeconds: 60 }

/** How long each platform restates its figures (PLATFORMS.md 4). */
const WINDOW_DAYS: Record<PlatformKey, number> = { meta: 28, 'google-ads': 30, 'amazon-ads': 30 }

/** What a plan names but does not hold: it is fetched when it is sent. */
export interface Sources {
  /** SHA-256 of the consented mail addresses of a segment's members. */
  audience: (org: string, segmentId: string) => Promise<string[]>
}

type OfOrg<S> = { [K in keyof S]: S[K] extends (org: string, id: string) => infer R ? (id: string) => R : never }
/**
 * `report` is told the account's use of its quota after every answer that says it. `beforeChange` is asked before each request that changes
 * something, when its token is there: it throws where a method that needs several may send no more, or where too much time has passed.
 */
type Loader = (
  connection: Connection,
  token: string,
  sources: OfOrg<Sources>,
  report: (usage: Usage) => void,
  beforeChange: () => Promise<void>,
) => Promise<AdPlatform>

/** Each platform's SDK is loaded when a channel of it is opened. */
export type Loaders = Partial<Record<PlatformKey, Loader>>

/** Opens a platform whose calls another function makes, behind the guards there; undefined where this one makes them itself. */
export type Elsewhere = (platform: PlatformKey) => Promise<Opener | undefined>
type Opener = (org: string, connection: Connection, assertTimely?: () => void) => AdPlatform

export function adPlatforms(
  env: Pick<Environment, 'local'>,
  secrets: Pick<Secrets, 'get'>,
  sources: Sources,
  guards: Guards,
  loaders: Loaders,
  elsewhere: Elsewhere = async () => undefined,
): AdPlatforms {
  const pace = env.local ? SANDBOX : CLOUD
  const chunks: Chunks = new Map()
  return {
    async open(org, connection, assertTimely, urgent) {
      const ask = await elsewhere(connection.platform)
      if (ask) return ask(org, connection, assertTimely)
      const load = loaders[connection.platform]
      if (!load) throw new DomainError('unprocessable', `${connection.platform} is not supported yet`)
      const token = await secrets.get(connection.secret)
      const own = {
        audience: (segmentId: string) => sources.audience(org, segmentId),
      }
      const loaded: Loaded = (report, beforeChange) => load(connection, token, own, report, beforeChange)
      return guardedPlatform({ ...guards, assertTimely }, chunks, org, connection, loaded, urgent)
    },
    quarantineMs: () => pace.quarantineMs,
    reviewPollSeconds: () => pace.reviewPollSeconds,
    windowDays: (platform) => WINDOW_DAYS[platform],
  }
}
