import { z } from 'zod'
import type { Connection } from '#domain/connection.ts'
import { secretLast4 } from '#domain/credentials.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { Currency } from '#domain/money.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { TimeZone } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

export const ConnectionInput = z
  .object({
    accountId: z
      .string()
      // As people copy it: act_1234567890 from Meta, 123-456-7890 from Google Ads.
      .transform((id) => id.replaceAll(/^act_|-/g, ''))
      .pipe(z.string().regex(/^[0-9A-Za-z]{1,64}$/, 'the ad account’s id, such as act_1234567890')),
    token: z.string().min(8).max(4096),
    settings: z.record(z.string().max(50), z.string().max(200)).default({}),
  })
  .strict()
  .meta({ id: 'ConnectionInput' })
export type ConnectionInput = z.input<typeof ConnectionInput>

type Needs = Pick<Ports, 'store' | 'secrets' | 'platforms' | 'clock'>

/** Keeps the token in Secret Manager and asks the platform who the account is; nothing is kept that does not work. */
export async function connect(
  { store, secrets, platforms, clock }: Needs,
  org: string,
  cause: Cause,
  platform: PlatformKey,
  raw: ConnectionInput,
): Promise<Connection> {
  const input = ConnectionInput.parse(raw)
  const before = await store.get(org, 'connections', platform)
  const secret = `ads-${org}-${platform}`
  const draft = {
    id: platform,
    platform,
    accountId: input.accountId,
    accountName: '',
    currency: 'USD',
    timeZone: 'Etc/UTC',
    settings: input.settings,
    tokenLast4: secretLast4(platform, input.token),
    secret,
    status: 'unchecked' as const,
    checkedAt: null,
    lastError: null,
  }
  const previous = before && (await secrets.get(secret).catch(() => undefined))
  await secrets.set(secret, input.token)
  const at = clock.now().toISOString()
  try {
    const open = await platforms.open(org, {
      ...draft,
      schemaVersion: 1,
      version: 0,
      auditHash: '',
      createdAt: at,
      updatedAt: at,
    })
    const account = await open.check()
    return await store.transact(org, cause, async (tx) => {
      const current = await tx.get('connections', platform)
      return tx.record(
        'connections',
        {
          ...draft,
          ...account,
          currency: Currency.parse(account.currency),
          timeZone: TimeZone.parse(account.timeZone),
          status: 'ok',
          checkedAt: tx.now,
        },
        current,
        { action: 'connection.saved' },
      )
    })
  } catch (error) {
    if (previous) await secrets.set(secret, previous)
    else await secrets.remove(secret)
    throw error instanceof PlatformFailure ? refused(platform, error) : error
  }
}

const refused = (platform: string, failure: PlatformFailure): DomainError =>
  failure.kind === 'auth' || failure.kind === 'refusal'
    ? new DomainError('unprocessable', `${platform} refuses it: ${failure.details.userMessage ?? failure.message}`, {
        remedy: 'Check the account id and the token; the connection is as it was before.',
      })
    : new DomainError('unavailable', `${platform} does not answer: ${failure.message}`, {
        remedy: 'Try again in a minute.',
      })

/** Asks the platform again; the answer, good or bad, is kept and shown. */
export async function checkConnection(
  { store, platforms }: Needs,
  org: string,
  cause: Cause,
  platform: PlatformKey,
): Promise<Connection> {
  const connection = await store.get(org, 'connections', platform)
  if (!connection) throw notFound('connection', platform)
  const outcome = await platforms
    .open(org, connection)
    .then((open) => open.check())
    .catch((error: unknown) => {
      if (error instanceof PlatformFailure || error instanceof DomainError) return error
      throw error
    })
  return store.transact(org, cause, async (tx) => {
    const current = await tx.get('connections', platform)
    if (!current) throw notFound('connection', platform)
    const failed = outcome instanceof Error
    const lastError = failed ? outcome.message : null
    const status = failed ? ('failing' as const) : ('ok' as const)
    tx.measure('connections', platform, {
      status,
      lastError,
      checkedAt: tx.now,
      ...(!failed && { accountName: outcome.accountName }),
    })
    return { ...current, status, lastError, checkedAt: tx.now, ...(!failed && { accountName: outcome.accountName }) }
  })
}
