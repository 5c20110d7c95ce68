import type { IncomingHttpHeaders } from 'node:http'
import type { Account } from '../events.ts'
import type { World } from '../world.ts'
import { GoogleAdsError, GRPC } from './errors.ts'
import { grantOf } from './tokens.ts'

const refused = (status: number, kind: string, code: string, message: string): GoogleAdsError =>
  new GoogleAdsError(status, [{ kind, code, message }])

export const expiredToken = (): GoogleAdsError =>
  refused(
    GRPC.UNAUTHENTICATED,
    'authentication_error',
    'OAUTH_TOKEN_EXPIRED',
    'Request had invalid authentication credentials: the OAuth token has expired.',
  )

/** The customer that a call is about, if developer token and access token may reach it. */
export function customerOf(world: World, headers: IncomingHttpHeaders, id: string): Account {
  const developer = headers['developer-token']
  if (!/^[A-Za-z0-9_-]{22}$/.test(String(developer ?? '')))
    throw refused(
      GRPC.UNAUTHENTICATED,
      'authentication_error',
      'DEVELOPER_TOKEN_INVALID',
      'The developer token is not valid.',
    )
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!bearer)
    throw refused(
      GRPC.UNAUTHENTICATED,
      'authentication_error',
      'AUTHENTICATION_ERROR',
      'Request is missing required authentication credential.',
    )
  const grant = grantOf(world, bearer)
  if (!grant)
    throw refused(
      GRPC.UNAUTHENTICATED,
      'authentication_error',
      'OAUTH_TOKEN_INVALID',
      'The OAuth access token in the header is invalid or was revoked.',
    )
  const account = world.accounts.get(id)
  if (account?.platform !== 'google-ads' || !grant.accounts.includes(id))
    throw refused(
      GRPC.PERMISSION_DENIED,
      'authorization_error',
      'USER_PERMISSION_DENIED',
      "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.",
    )
  if (account.status !== 1)
    throw refused(
      GRPC.PERMISSION_DENIED,
      'authorization_error',
      'CUSTOMER_NOT_ENABLED',
      "The customer account can't be accessed because it is not yet enabled or has been deactivated.",
    )
  return account
}

/** A customer that the caller may reach, for the services that belong to none; '' when there is none. */
export function anyCustomer(world: World, headers: IncomingHttpHeaders): string {
  const grant = grantOf(world, /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '')
  return grant?.accounts.find((id) => world.accounts.get(id)?.platform === 'google-ads') ?? ''
}
