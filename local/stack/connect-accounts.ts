import { ANDES_ACCOUNT, IBERIA_ACCOUNT, type KnownAccount } from '../sandbox/accounts.ts'
import type { LocalAccess } from './local-users.ts'

const ACCOUNTS: Record<string, KnownAccount> = { demo: ANDES_ACCOUNT, acme: IBERIA_ACCOUNT }

/** Connects each organisation to its ad account of the sandbox, through the API as a person would. What is connected stays as it is. */
export async function connectAccounts({ apiKeys }: LocalAccess, apiUrl: string): Promise<void> {
  await Promise.all(
    Object.entries(ACCOUNTS).map(async ([org, account]) => {
      const headers = { authorization: `Bearer ${apiKeys[org]}`, 'content-type': 'application/json' }
      const listed = await fetch(`${apiUrl}/v1/connections`, { headers })
      const { items } = (await listed.json()) as { items: { platform: string }[] }
      if (items.some(({ platform }) => platform === 'meta')) return
      const { pageId, pixelId, name } = account
      const answer = await fetch(`${apiUrl}/v1/connections/meta`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({
          accountId: account.id,
          token: account.token,
          settings: { pageId, pixelId, beneficiary: name, payor: name },
        }),
      })
      if (!answer.ok) throw new Error(`${org} could not be connected to ${account.id}: ${await answer.text()}`)
    }),
  )
}
