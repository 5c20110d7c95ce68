import { z } from 'zod'
import type { KnownAccount } from '../accounts.ts'
import { addProfile, type KnownProfile, profileSecrets } from '../amazon-ads/accounts.ts'
import { currencyFacts } from '../data/currencies.ts'
import type { Account, Token } from '../events.ts'
import type { GoogleAccount } from '../google-ads/accounts.ts'
import { createGoogleAccount } from '../google-ads/new-account.ts'
import { hashText } from '../random.ts'
import type { World } from '../world.ts'
import { isZone } from '../zone.ts'
import { ControlProblem, readInput } from './problem.ts'

const SCOPES = ['ads_management', 'ads_read', 'business_management', 'pages_manage_ads', 'pages_show_list']

const NewAccount = z.strictObject({
  platform: z.enum(['meta', 'amazon-ads']).default('meta'),
  /** Amazon: the marketplace. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code')
    .default('US'),
  id: z
    .string()
    .regex(/^(act_)?\d{5,18}$/, 'must be act_ and 5 to 18 digits')
    .optional(),
  name: z.string().min(1).max(200).default('Sandbox account'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code')
    .default('USD'),
  timezone: z.string().default('America/Bogota'),
  token: z.string().min(8).optional(),
  pageId: z.string().regex(/^\d+$/).optional(),
  pixelId: z.string().regex(/^\d+$/).optional(),
  businessId: z.string().regex(/^\d+$/).optional(),
  status: z.int().default(1),
  dsaBeneficiary: z.string().optional(),
  dsaPayor: z.string().optional(),
})

const TokenChange = z.strictObject({
  token: z.string(),
  state: z.enum(['valid', 'expired', 'revoked']).optional(),
  expiresInSeconds: z.number().positive().nullable().optional(),
  scopes: z.array(z.string()).optional(),
  accounts: z.array(z.string()).optional(),
  appSecret: z.string().nullable().optional(),
})

const Platform = z.looseObject({ platform: z.enum(['meta', 'google-ads', 'amazon-ads']).default('meta') })

/** POST /_sandbox/accounts: a new ad account of a platform, Meta unless another is named, with what reaches it. */
export function createAccount(world: World, body: Buffer): KnownAccount | GoogleAccount | KnownProfile {
  return readInput(Platform, body).platform === 'google-ads'
    ? createGoogleAccount(world, body)
    : createOtherAccount(world, body)
}

function createOtherAccount(world: World, body: Buffer): KnownAccount | KnownProfile {
  const given = readInput(NewAccount, body)
  if (!currencyFacts(given.currency))
    throw new ControlProblem(400, `currency: the platform has no accounts in ${given.currency}`)
  if (!isZone(given.timezone))
    throw new ControlProblem(
      400,
      `timezone: there is no zone ${given.timezone}`,
      'Use an IANA name such as America/Bogota.',
    )
  const n = world.accounts.size + 1
  if (given.platform === 'amazon-ads') return createProfile(world, given, n)
  const id = given.id?.replace(/^act_/, '') ?? `10000000000${String(10_000 + n)}`
  if (world.accounts.has(id)) throw new ControlProblem(409, `id: act_${id} exists already`)
  const known: KnownAccount = {
    id: `act_${id}`,
    name: given.name,
    currency: given.currency,
    timezone: given.timezone,
    token: given.token ?? `EAAsandbox${hashText(`${world.seed}/token/${id}`).toString(36)}x${id}`,
    pageId: given.pageId ?? `2${id}`,
    pixelId: given.pixelId ?? `3${id}`,
    businessId: given.businessId ?? `4${id}`,
  }
  addAccount(world, known, {
    status: given.status,
    dsaBeneficiary: given.dsaBeneficiary ?? null,
    dsaPayor: given.dsaPayor ?? null,
  })
  return known
}

function createProfile(world: World, given: z.infer<typeof NewAccount>, n: number): KnownProfile {
  const id = given.id ?? `26000000000${String(10_000 + n)}`
  if (world.accounts.has(id)) throw new ControlProblem(409, `id: ${id} exists already`)
  const { name, currency, timezone, country } = given
  const known = {
    platform: 'amazon-ads' as const,
    id,
    name,
    currency,
    timezone,
    country,
    ...profileSecrets(world.seed, id),
  }
  addProfile(world, known)
  return known
}

/** Adds an account and lets its token reach it, beside what the token reached before. */
export function addAccount(
  world: World,
  known: KnownAccount,
  more: Pick<Account, 'status' | 'dsaBeneficiary' | 'dsaPayor'> = { status: 1, dsaBeneficiary: null, dsaPayor: null },
): void {
  const { id: prefixed, token: secret, ...facts } = known
  const id = prefixed.replace(/^act_/, '')
  world.record({ type: 'account', account: { platform: 'meta', ...facts, ...more, id, createdAt: world.now() } })
  const before = world.tokens.get(secret)
  world.record({
    type: 'token',
    token: before ? { ...before, accounts: [...before.accounts, id] } : newToken(secret, [id]),
  })
}

const newToken = (token: string, accounts: string[]): Token => ({
  token,
  accounts,
  scopes: SCOPES,
  userId: `1220${hashText(token)}`,
  appId: '7700000000000001',
  appSecret: null,
  expiresAt: null,
  state: 'valid',
})

/** POST /_sandbox/tokens: expires, revokes, renews or narrows a token; an unknown one is issued. */
export function changeToken(world: World, body: Buffer): Omit<Token, 'appSecret'> {
  const given = readInput(TokenChange, body)
  const known = world.tokens.get(given.token) ?? newToken(given.token, [])
  const accounts = given.accounts?.map((id) => id.replace(/^act_/, ''))
  for (const id of accounts ?? [])
    if (!world.accounts.has(id)) throw new ControlProblem(400, `accounts: there is no act_${id}`)
  const token: Token = {
    ...known,
    ...(given.state ? { state: given.state } : {}),
    ...(given.state === 'valid' ? { expiresAt: null } : {}),
    ...(given.expiresInSeconds === undefined
      ? {}
      : { expiresAt: given.expiresInSeconds === null ? null : Date.now() + given.expiresInSeconds * 1000 }),
    ...(given.scopes ? { scopes: given.scopes } : {}),
    ...(accounts ? { accounts } : {}),
    ...(given.appSecret === undefined ? {} : { appSecret: given.appSecret }),
  }
  world.record({ type: 'token', token })
  const { appSecret: _secret, ...shown } = token
  return shown
}
