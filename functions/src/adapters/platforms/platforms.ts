import type { Connection } from '#domain/connection.ts'
import { DomainError } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { AdPlatform, AdPlatforms, Secrets } from '#functions/ports/index.ts'

interface Pace {
  /** Client timeout + latest landing of a lost create + lag of the platform's lists. */
  quarantineMs: number
  reviewPollSeconds: number
}

/** RELIABILITY.md 2.3: ten minutes until measured; the sandbox's bounds are seconds. */
const CLOUD: Pace = { quarantineMs: 600_000, reviewPollSeconds: 300 }
const SANDBOX: Pace = { quarantineMs: 35_000, reviewPollSeconds: 60 }

/** What a plan names but does not hold: it is fetched when it is sent. */
export interface Sources {
  /** SHA-256 of the consented mail addresses of a segment's members. */
  audience: (org: string, segmentId: string) => Promise<string[]>
}

type OfOrg<S> = { [K in keyof S]: S[K] extends (org: string, id: string) => infer R ? (id: string) => R : never }
type Loader = (connection: Connection, token: string, sources: OfOrg<Sources>) => Promise<AdPlatform>

/** Each platform's SDK is loaded when a channel of it is opened. */
export type Loaders = Partial<Record<PlatformKey, Loader>>

export function adPlatforms(env: Environment, secrets: Secrets, sources: Sources, loaders: Loaders): AdPlatforms {
  const pace = env.local ? SANDBOX : CLOUD
  return {
    async open(org, connection) {
      const load = loaders[connection.platform]
      if (!load) throw new DomainError('unprocessable', `${connection.platform} is not supported yet`)
      return load(connection, await secrets.get(connection.secret), {
        audience: (segmentId) => sources.audience(org, segmentId),
      })
    },
    quarantineMs: () => pace.quarantineMs,
    reviewPollSeconds: () => pace.reviewPollSeconds,
  }
}
