import type { Account, Token } from '../events.ts'
import type { Host, Incoming } from '../net/answer.ts'
import type { World } from '../world.ts'
import { unauthorized } from './errors.ts'
import { type AdsParts, answerJson, framed } from './frame.ts'

const LIFE_SECONDS = 3600
const HOSTS: Record<string, readonly string[]> = {
  na: ['US', 'CA', 'MX', 'BR'],
  fe: ['JP', 'AU', 'SG'],
}

export type Region = 'na' | 'eu' | 'fe'
export const regionOf = (country: string): Region =>
  HOSTS.na?.includes(country) ? 'na' : HOSTS.fe?.includes(country) ? 'fe' : 'eu'

/** Access tokens that were given out. In memory: after a restart the old ones are invalid, as after any revocation. */
export interface AccessTokens {
  issue(refresh: Token): string
  find(access: string): string | undefined
  clear(): void
}

export function accessTokens(): AccessTokens {
  const given = new Map<string, { refresh: string; until: number }>()
  let count = 0
  return {
    issue: (refresh) => {
      const access = `Atza|sandbox${++count}x${Date.now().toString(36)}`
      given.set(access, { refresh: refresh.token, until: Date.now() + LIFE_SECONDS * 1000 })
      return access
    },
    find: (access) => {
      const known = given.get(access)
      return known && known.until > Date.now() ? known.refresh : undefined
    },
    clear: () => given.clear(),
  }
}

const alive = (token: Token | undefined): token is Token =>
  token?.state === 'valid' && (token.expiresAt === null || token.expiresAt > Date.now())

/** api.amazon.com, Login with Amazon: a refresh token becomes an access token of an hour. Errors as RFC 6749 5.2 has them. */
export function tokenHost(parts: AdsParts, access: AccessTokens): Host {
  return async (incoming) => {
    const given = new URLSearchParams(incoming.body.toString('utf8'))
    const token = parts.world.tokens.get(given.get('refresh_token') ?? '')
    const known = {
      operation: 'token' as const,
      account: token?.accounts[0] ?? null,
      params: Object.fromEntries(given),
    }
    return framed(parts, incoming, known, (strike) => {
      const refuse = (status: number, error: string, description: string) =>
        answerJson(status, { error, error_description: description })
      if (incoming.method !== 'POST' || incoming.url.split('?')[0] !== '/auth/o2/token')
        return refuse(404, 'invalid_request', 'There is no such resource')
      if (given.get('grant_type') !== 'refresh_token')
        return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported')
      if (strike('expired-token') || !alive(token) || token.appId !== given.get('client_id'))
        return refuse(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token')
      if (token.appSecret !== given.get('client_secret'))
        return refuse(401, 'invalid_client', 'Client authentication failed')
      return answerJson(200, {
        access_token: access.issue(token),
        refresh_token: token.token,
        token_type: 'bearer',
        expires_in: LIFE_SECONDS,
      })
    })
  }
}

/** The refresh token behind a call's access token. */
export function callerOf(world: World, access: AccessTokens, { headers }: Incoming): Token {
  const given = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const token = world.tokens.get(access.find(given ?? '') ?? '')
  if (!alive(token)) throw unauthorized('Not authorized to access this advertiser: the access token is not valid')
  if (headers['amazon-advertising-api-clientid'] !== token.appId)
    throw unauthorized('Amazon-Advertising-API-ClientId is missing or not the one that the access token belongs to')
  return token
}

/** The profile that a call is about; profiles of another region are as unknown as those of others. */
export function profileOf(world: World, token: Token, id: string, region: Region): Account {
  const account = token.accounts.includes(id) ? world.accounts.get(id) : undefined
  if (account?.platform !== 'amazon-ads' || regionOf(account.country ?? '') !== region)
    throw unauthorized(`Not authorized to access scope ${id || '(Amazon-Advertising-API-Scope is missing)'}`)
  return account
}
