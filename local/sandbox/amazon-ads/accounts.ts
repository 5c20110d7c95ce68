import { hashText } from '../random.ts'
import type { World } from '../world.ts'

/** An advertising profile and the application that may speak for it. */
export interface KnownProfile {
  platform: 'amazon-ads'
  id: string
  name: string
  currency: string
  timezone: string
  /** Marketplace, ISO 3166-1 alpha-2; it decides the region whose host knows the profile. */
  country: string
  clientId: string
  clientSecret: string
  refreshToken: string
}

const profile = (n: number, name: string, currency: string, timezone: string, country: string): KnownProfile => ({
  ...{ platform: 'amazon-ads' as const, id: `260000000000000${n}`, name, currency, timezone, country },
  clientId: `amzn1.application-oa2-client.sandbox${n}`,
  clientSecret: `amzn1.oa2-cs.v1.sandboxSecret${n}`,
  refreshToken: `Atzr|sandboxRefresh${n}`,
})

/** USD, Bogotá, selling in the United States: the demo organisation's profile. */
export const ANDES_PROFILE = profile(1, 'Talento Andes', 'USD', 'America/Bogota', 'US')
/** EUR, Madrid: the second organisation's, known to the European host alone. */
export const IBERIA_PROFILE = profile(2, 'Talento Iberia', 'EUR', 'Europe/Madrid', 'ES')

export const KNOWN_PROFILES: readonly KnownProfile[] = [ANDES_PROFILE, IBERIA_PROFILE]

/** What a profile has that its creator did not choose. */
export function profileSecrets(
  seed: string,
  id: string,
): Pick<KnownProfile, 'clientId' | 'clientSecret' | 'refreshToken'> {
  const drawn = hashText(`${seed}/profile/${id}`).toString(36)
  return {
    clientId: `amzn1.application-oa2-client.${drawn}`,
    clientSecret: `amzn1.oa2-cs.v1.${drawn}`,
    refreshToken: `Atzr|${drawn}x${id}`,
  }
}

/** Adds a profile. Its refresh token is a token of the world, with the application as the token's own. */
export function addProfile(world: World, known: KnownProfile): void {
  const { clientId, clientSecret, refreshToken, ...facts } = known
  const none = { businessId: '', pageId: '', pixelId: '', dsaBeneficiary: null, dsaPayor: null }
  world.record({ type: 'account', account: { ...none, ...facts, status: 1, createdAt: world.now() } })
  world.record({
    type: 'token',
    token: {
      ...{ token: refreshToken, accounts: [known.id], scopes: ['advertising::campaign_management'] },
      ...{ userId: '', appId: clientId, appSecret: clientSecret, expiresAt: null, state: 'valid' as const },
    },
  })
}
