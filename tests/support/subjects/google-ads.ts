import { z } from 'zod'
import type { AdPlatform } from '#functions/ports/index.ts'
import type { SandboxWorld } from '#tests/support/sandbox-world.ts'
import { connectionTo, type Subject } from './subject.ts'

const Made = z.object({
  id: z.string(),
  name: z.string(),
  developerToken: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  refreshToken: z.string(),
})

/** Ten digits that no other test of this process has: the SDK keeps its tokens and channels by the account's credentials. */
let accounts = Math.floor(Math.random() * 1_000_000)

/** `secret` = the credentials as Secret Manager keeps them. */
export async function googleAdsSubject(
  world: SandboxWorld,
): Promise<Subject & { secret: string; open(beforeChange?: () => Promise<void>): AdPlatform }> {
  const { googleAdsPlatform } = await import('#functions/adapters/google-ads/platform.ts')
  const account = Made.parse(
    await world.post('accounts', {
      platform: 'google-ads',
      id: String(7_000_000_000 + ++accounts),
      name: 'Contract',
      currency: 'USD',
      timezone: 'America/Bogota',
    }),
  )
  const { developerToken, clientId, clientSecret, refreshToken } = account
  const connection = connectionTo({
    platform: 'google-ads',
    accountId: account.id,
    accountName: account.name,
    currency: 'USD',
    timeZone: 'America/Bogota',
    settings: {},
  })
  const secret = JSON.stringify({ developerToken, clientId, clientSecret, refreshToken })
  const open = (beforeChange?: () => Promise<void>) => googleAdsPlatform(connection, secret, beforeChange)
  return { key: 'google-ads', connection, token: refreshToken, secret, open }
}
