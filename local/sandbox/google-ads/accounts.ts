import type { Account } from '../events.ts'
import { hashText } from '../random.ts'
import type { World } from '../world.ts'

/** A Google Ads account with what a client needs to reach it. */
export interface GoogleAccount {
  /** Ten digits, without dashes. */
  id: string
  name: string
  currency: string
  timezone: string
  developerToken: string
  clientId: string
  clientSecret: string
  refreshToken: string
}

export const ADWORDS_SCOPE = 'https://www.googleapis.com/auth/adwords'

/** Developer tokens have 22 letters and digits; the sandbox accepts every one that looks like it. */
export const DEVELOPER_TOKEN = 'SandboxDeveloperToken1'

const client = (org: string) => ({
  developerToken: DEVELOPER_TOKEN,
  clientId: `${org}.apps.googleusercontent.com`,
  clientSecret: `GOCSPX-sandbox-${org}-0000`,
  refreshToken: `1//sandbox-${org}-refresh-token`,
})

/** USD, Bogotá: the demo organisation's account. */
export const GOOGLE_ANDES: GoogleAccount = {
  id: '5550000001',
  name: 'Talento Andes (Google)',
  currency: 'USD',
  timezone: 'America/Bogota',
  ...client('andes'),
}
/** EUR, Madrid: the second organisation's. */
export const GOOGLE_IBERIA: GoogleAccount = {
  id: '5550000002',
  name: 'Talento Iberia (Google)',
  currency: 'EUR',
  timezone: 'Europe/Madrid',
  ...client('iberia'),
}

export const GOOGLE_ACCOUNTS: readonly GoogleAccount[] = [GOOGLE_ANDES, GOOGLE_IBERIA]

/** The secret of a connection to the account, as the product keeps it. */
export const googleCredentials = ({ developerToken, clientId, clientSecret, refreshToken }: GoogleAccount): string =>
  JSON.stringify({ developerToken, clientId, clientSecret, refreshToken })

/** Adds an account and the grant that reaches it. */
export function addGoogleAccount(world: World, known: GoogleAccount, status = 1): void {
  const { id, name, currency, timezone, clientId, clientSecret, refreshToken } = known
  const account: Account = {
    platform: 'google-ads',
    ...{ id, name, currency, timezone, status },
    ...{ businessId: '', pageId: '', pixelId: '', dsaBeneficiary: null, dsaPayor: null },
    createdAt: world.now(),
  }
  world.record({ type: 'account', account })
  const before = world.tokens.get(refreshToken)
  world.record({
    type: 'token',
    token: {
      token: refreshToken,
      accounts: [...(before?.accounts ?? []), id],
      scopes: [ADWORDS_SCOPE],
      userId: `1${hashText(refreshToken)}`,
      appId: clientId,
      appSecret: clientSecret,
      expiresAt: null,
      state: 'valid',
    },
  })
}
