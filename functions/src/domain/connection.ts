import { z } from 'zod'
import { Entity } from './entity.ts'
import { PlatformKey } from './ids.ts'
import { Currency } from './money.ts'
import { Instant, TimeZone } from './time.ts'

/** An ad account of an organisation. The token is in Secret Manager; `id` is the platform key. */
export const Connection = Entity.extend({
  platform: PlatformKey,
  accountId: z.string().min(1).max(64),
  accountName: z.string().max(200),
  currency: Currency,
  timeZone: TimeZone,
  /** Which there are: `CONNECTION_FIELDS`. */
  settings: z.record(z.string(), z.string()),
  tokenLast4: z.string(),
  /** Name of the secret in Secret Manager. */
  secret: z.string(),
  status: z.enum(['unchecked', 'ok', 'failing']),
  checkedAt: Instant.nullable(),
  lastError: z.string().nullable(),
}).meta({ id: 'Connection' })
export type Connection = z.infer<typeof Connection>

/** Names one ad account among those of all platforms. */
export const accountKey = ({ platform, accountId }: Pick<Connection, 'platform' | 'accountId'>): string =>
  `${platform}_${accountId}`
