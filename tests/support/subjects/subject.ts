import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { AdPlatform } from '#functions/ports/index.ts'

/** One platform under the port's contract: an account of its own in a sandbox, and its real adapter. */
export interface Subject {
  key: PlatformKey
  connection: Connection
  open(): Promise<AdPlatform> | AdPlatform
  /** What the account's token is named by where the sandbox expires it. */
  token: string
}

type Account = Pick<Connection, 'platform' | 'accountId' | 'accountName' | 'currency' | 'timeZone' | 'settings'>

export const connectionTo = (account: Account): Connection => ({
  ...account,
  id: account.platform,
  schemaVersion: 1,
  version: 1,
  auditHash: '',
  createdAt: '2026-11-20T15:00:00.000Z',
  updatedAt: '2026-11-20T15:00:00.000Z',
  tokenLast4: '0000',
  secret: 'ads',
  status: 'ok',
  checkedAt: null,
  lastError: null,
})
