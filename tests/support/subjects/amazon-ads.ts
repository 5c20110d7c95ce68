import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici'
import { z } from 'zod'
import type { Connection } from '#domain/connection.ts'
import { evict } from '#functions/adapters/amazon-ads/access-token.ts'
import { amazonPlatform } from '#functions/adapters/amazon-ads/platform.ts'
import type { AdPlatform, Clock } from '#functions/ports/index.ts'
import { ANDES_PROFILE, type KnownProfile } from '#local/sandbox/amazon-ads/accounts.ts'
import { startSandbox } from '#local/sandbox/main.ts'
import type { SandboxSettings } from '#local/sandbox/settings.ts'
import type { SandboxWorld } from '#tests/support/sandbox-world.ts'
import { handClock } from '#tests/support/world.ts'
import { connectionTo, type Subject } from './subject.ts'

/** A profile's credentials as Secret Manager keeps them. */
export const secretOf = ({ clientId, clientSecret, refreshToken }: KnownProfile): string =>
  JSON.stringify({ clientId, clientSecret, refreshToken })

export const connectionOf = (profile: KnownProfile, region: string): Connection => ({
  ...{ id: 'amazon-ads', platform: 'amazon-ads', accountId: profile.id, accountName: profile.name },
  ...{ currency: profile.currency, timeZone: profile.timezone, settings: { region }, tokenLast4: 'resh' },
  ...{ secret: 'ads', status: 'ok', checkedAt: null, lastError: null, schemaVersion: 1, version: 0, auditHash: '' },
  ...{ createdAt: '2026-11-20T12:00:00.000Z', updatedAt: '2026-11-20T12:00:00.000Z' },
})

/** The adapter over the real wire to a sandbox of its own. */
export async function amazonAdsSubject(settings: Partial<SandboxSettings> = {}) {
  const clock = handClock()
  const folder = mkdtempSync(join(tmpdir(), 'adflux-amazon-'))
  const sandbox = await startSandbox({
    ...{ controlPort: 0, proxyPort: 0, tlsPort: 0, stateDir: folder, seed: 7 },
    clock: { now: () => clock.now().getTime(), advance: (ms) => clock.advance(ms) },
    settings: { reportSeconds: 0, ...settings },
  })
  const proxy = new EnvHttpProxyAgent({
    httpsProxy: `http://127.0.0.1:${sandbox.proxyPort}`,
    noProxy: '127.0.0.1,localhost',
    ...{ requestTls: { ca: readFileSync(sandbox.caFile, 'utf8') } },
  })
  setGlobalDispatcher(proxy)
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${sandbox.controlPort}/_sandbox/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  const connection = connectionOf(ANDES_PROFILE, 'na')
  return {
    key: 'amazon-ads' as const,
    ...{ connection, clock, control, sandbox },
    open: (): AdPlatform => amazonPlatform(connection, secretOf(ANDES_PROFILE), clock),
    fault: (fault: object) => control('POST', 'faults', { platform: 'amazon-ads', ...fault }),
    stop: async () => {
      await sandbox.stop()
      await proxy.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type AmazonAdsSubject = Awaited<ReturnType<typeof amazonAdsSubject>>

const Profile = z.object({
  id: z.string(),
  name: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  refreshToken: z.string(),
})

/** A profile of its own in a world that all platforms share: under the port's contract. `secret` is what Secret Manager keeps. */
export async function amazonContractSubject(
  world: SandboxWorld,
): Promise<Subject & { secret: string; open(assertTimely?: () => void): AdPlatform }> {
  const where = { currency: 'USD', timezone: 'America/Bogota', country: 'US' }
  const profile = Profile.parse(await world.post('accounts', { platform: 'amazon-ads', name: 'Contract', ...where }))
  const { clientId, clientSecret, refreshToken } = profile
  const connection = connectionTo({
    ...{ platform: 'amazon-ads', accountId: profile.id, accountName: profile.name },
    ...{ currency: where.currency, timeZone: where.timezone, settings: { region: 'na' } },
  })
  const secret = JSON.stringify({ clientId, clientSecret, refreshToken })
  const clock: Clock = { now: () => world.now() }
  // Sandboxes give their profiles the same credentials: what this process knows of another's is of no use here.
  evict({ clientId, clientSecret, refreshToken })
  const open = (assertTimely?: () => void) => amazonPlatform(connection, secret, clock, undefined, assertTimely)
  return { key: 'amazon-ads', connection, token: refreshToken, secret, open }
}
