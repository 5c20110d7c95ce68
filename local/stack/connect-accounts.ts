import { setTimeout as pause } from 'node:timers/promises'
import { ANDES_ACCOUNT, IBERIA_ACCOUNT, type KnownAccount } from '../sandbox/accounts.ts'
import { ANDES_PROFILE, IBERIA_PROFILE, type KnownProfile } from '../sandbox/amazon-ads/accounts.ts'
import { GOOGLE_ANDES, GOOGLE_IBERIA, type GoogleAccount, googleCredentials } from '../sandbox/google-ads/accounts.ts'
import type { LocalAccess } from './local-users.ts'

const PAUSE_MS = 1000

interface Account {
  platform: string
  accountId: string
  token: string
  settings: Record<string, string>
}

const onMeta = ({ id, token, pageId, pixelId, name }: KnownAccount): Account => ({
  platform: 'meta',
  accountId: id,
  token,
  settings: { pageId, pixelId, beneficiary: name, payor: name },
})
const onGoogle = (account: GoogleAccount): Account => ({
  platform: 'google-ads',
  accountId: account.id,
  token: googleCredentials(account),
  settings: {},
})

const onAmazon = ({ id, clientId, clientSecret, refreshToken }: KnownProfile, region: string): Account => ({
  platform: 'amazon-ads',
  accountId: id,
  token: JSON.stringify({ clientId, clientSecret, refreshToken }),
  settings: { region },
})

const ACCOUNTS: Record<string, Account[]> = {
  demo: [onMeta(ANDES_ACCOUNT), onGoogle(GOOGLE_ANDES), onAmazon(ANDES_PROFILE, 'na')],
  acme: [onMeta(IBERIA_ACCOUNT), onGoogle(GOOGLE_IBERIA), onAmazon(IBERIA_PROFILE, 'eu')],
}

/** Connects each organisation to its ad accounts of the sandbox, through the API as a person would. What is connected stays as it is. */
export async function connectAccounts({ apiKeys }: LocalAccess, apiUrl: string): Promise<void> {
  await Promise.all(
    Object.entries(ACCOUNTS).map(async ([org, accounts]) => {
      const headers = { authorization: `Bearer ${apiKeys[org]}`, 'content-type': 'application/json' }
      const listed = await fetch(`${apiUrl}/v1/connections`, { headers })
      const { items } = (await listed.json()) as { items: { platform: string }[] }
      for (const { platform, ...account } of accounts) {
        if (items.some((connected) => connected.platform === platform)) continue
        const refused = await connect(`${apiUrl}/v1/connections/${platform}`, headers, account)
        if (refused) throw new Error(`${org} could not be connected to ${account.accountId} of ${platform}: ${refused}`)
      }
    }),
  )
}

/** Three times: a machine that starts everything at once may be too slow for a first call. Answers why not, or null. */
async function connect(url: string, headers: Record<string, string>, account: object): Promise<string | null> {
  for (let left = 2; ; left--) {
    const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(account) })
    if (answer.ok) return null
    const why = await answer.text()
    if (left === 0) return why
    await pause(PAUSE_MS)
  }
}
