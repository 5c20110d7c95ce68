import { createHash, timingSafeEqual } from 'node:crypto'
import type { Token } from '../events.ts'
import { type Answer, type Host, json } from '../net/answer.ts'
import type { Parts } from '../parts.ts'
import type { World } from '../world.ts'
import { ADWORDS_SCOPE } from './accounts.ts'

const LIFE_SECONDS = 3599
const PREFIX = 'ya29.sandbox'

const markOf = (refreshToken: string): string => createHash('sha256').update(refreshToken).digest('base64url')

/** The access token names its grant and its end, so that it needs no memory: whoever revokes the grant ends it as well. */
const accessToken = (grant: Token): string =>
  `${PREFIX}.${markOf(grant.token)}.${Math.floor(Date.now() / 1000) + LIFE_SECONDS}`

/** The grant behind an access token that is valid now. Tokens live on real time. */
export function grantOf(world: World, given: string): Token | undefined {
  const [a, b, mark = '', until] = given.split('.')
  if (`${a}.${b}` !== PREFIX || !(Number(until) * 1000 > Date.now())) return undefined
  return [...world.tokens.values()].find((token) => same(markOf(token.token), mark) && isValid(token))
}

const isValid = ({ state, expiresAt }: Token): boolean =>
  state === 'valid' && (expiresAt === null || expiresAt > Date.now())

/** oauth2.googleapis.com: https://developers.google.com/identity/protocols/oauth2/web-server#offline */
export function oauthHost({ world, faults, calls }: Pick<Parts, 'world' | 'faults' | 'calls'>): Host {
  return async ({ method, url, body }) => {
    let fault: string | null = null
    const answer = (): Answer => {
      if (url.split('?')[0] !== '/token') return json(404, { error: 'not_found' })
      if (method !== 'POST') return json(405, { error: 'invalid_request', error_description: 'Use POST' })
      const struck = faults.strike('google-ads', 'token', null, ['500', '429', 'hang', 'expired-token'])
      fault = struck?.fault ?? null
      if (struck?.fault === '500') return json(500, { error: 'internal_failure' })
      if (struck?.fault === '429') return json(429, { error: 'rate_limit_exceeded' })
      if (struck?.fault === 'hang') return { ...json(200, {}), hang: true }
      if (struck) return invalidGrant('Token has been expired or revoked.')
      return grant(world, new URLSearchParams(body.toString('utf8')))
    }
    const slow = faults.strike('google-ads', 'token', null, ['slow-answer'])
    const given = { ...answer(), ...(slow && { delayMs: slow.delaySeconds * 1000 }) }
    calls.add({
      at: new Date().toISOString(),
      virtualAt: new Date(world.now()).toISOString(),
      platform: 'google-ads',
      method,
      path: '/token',
      operation: 'token',
      account: null,
      status: given.status,
      code: null,
      fault,
      correlation: null,
      params: {},
      ignored: [],
    })
    return given
  }
}

function grant(world: World, form: URLSearchParams): Answer {
  if (form.get('grant_type') !== 'refresh_token')
    return json(400, { error: 'unsupported_grant_type', error_description: `Invalid grant_type` })
  const token = world.tokens.get(form.get('refresh_token') ?? '')
  if (!token?.scopes.includes(ADWORDS_SCOPE)) return invalidGrant('Bad Request')
  if (form.get('client_id') !== token.appId)
    return json(401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' })
  if (!same(form.get('client_secret') ?? '', token.appSecret ?? ''))
    return json(401, { error: 'invalid_client', error_description: 'Unauthorized' })
  if (!isValid(token)) return invalidGrant('Token has been expired or revoked.')
  return json(200, {
    access_token: accessToken(token),
    expires_in: LIFE_SECONDS,
    scope: ADWORDS_SCOPE,
    token_type: 'Bearer',
  })
}

const invalidGrant = (say: string): Answer => json(400, { error: 'invalid_grant', error_description: say })

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
