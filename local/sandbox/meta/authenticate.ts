import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Token } from '../events.ts'
import { text, type World } from '../world.ts'
import { GraphError } from './errors.ts'
import type { Params } from './params.ts'

/** The token of a call: from the header, the query or the body. Tokens live on real time. */
export function authenticate(
  world: World,
  authorization: string | undefined,
  params: Params,
  path: readonly string[],
): Token {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1]
  const given = header ?? text(params.access_token)
  if (given === '') {
    if (path[0] === 'me')
      throw new GraphError(2500, 'An active access token must be used to query information about the current user.')
    throw new GraphError(104, 'An access token is required to request this resource.')
  }
  const token = world.tokens.get(given)
  if (!token) throw new GraphError(190, 'Invalid OAuth access token - Cannot parse access token')
  if (token.state === 'revoked')
    throw new GraphError(
      190,
      'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
      { subcode: 460 },
    )
  if (token.state === 'expired' || (token.expiresAt !== null && token.expiresAt <= Date.now())) throw expired()
  checkProof(token, params)
  return token
}

export const expired = (): GraphError =>
  new GraphError(
    190,
    `Error validating access token: Session has expired on ${new Date().toUTCString()}. The current time is ${new Date().toUTCString()}.`,
    { subcode: 463 },
  )

function checkProof(token: Token, params: Params): void {
  if (token.appSecret === null) return
  const given = Buffer.from(text(params.appsecret_proof))
  const right = Buffer.from(createHmac('sha256', token.appSecret).update(token.token).digest('hex'))
  if (given.length === right.length && timingSafeEqual(given, right)) return
  throw new GraphError(
    100,
    given.length === 0
      ? 'API calls from the server require an appsecret_proof argument'
      : 'Invalid appsecret_proof provided in the API argument',
    { type: 'GraphMethodException' },
  )
}
