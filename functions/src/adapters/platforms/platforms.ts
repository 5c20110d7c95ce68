import type { Connection } from '#domain/connection.ts'
import { DomainError } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { AdPlatform, AdPlatforms, Images, Secrets } from '#functions/ports/index.ts'

interface Pace {
  /** Client timeout + latest landing of a lost create + lag of the platform's lists. */
  quarantineMs: number
  reviewPollSeconds: number
}

/** RELIABILITY.md 2.3: ten minutes until measured; the sandbox's bounds are seconds. */
const CLOUD: Pace = { quarantineMs: 600_000, reviewPollSeconds: 300 }
const SANDBOX: Pace = { quarantineMs: 35_000, reviewPollSeconds: 60 }

type Loader = (
  connection: Connection,
  token: string,
  images: (sha256: string) => Promise<Uint8Array>,
) => Promise<AdPlatform>

/** Each platform's SDK is loaded when a channel of it is opened. */
export type Loaders = Partial<Record<PlatformKey, Loader>>

export function adPlatforms(env: Environment, secrets: Secrets, images: Images, loaders: Loaders): AdPlatforms {
  const pace = env.local ? SANDBOX : CLOUD
  return {
    async open(org, connection) {
      const load = loaders[connection.platform]
      if (!load) throw new DomainError('unprocessable', `${connection.platform} is not supported yet`)
      return load(connection, await secrets.get(connection.secret), (sha256) => images.bytes(org, sha256))
    },
    quarantineMs: () => pace.quarantineMs,
    reviewPollSeconds: () => pace.reviewPollSeconds,
  }
}
