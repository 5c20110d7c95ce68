import type { MiddlewareHandler } from 'hono'
import { ACTIONS, type Action, type Actor, GRANTS, Role } from '#domain/actor.ts'
import { DomainError } from '#domain/errors.ts'
import type { Clock, Identity } from '#functions/ports/index.ts'
import type { Cause, Store } from '#functions/ports/store.ts'
import { type FoundKey, parseKey, verifyKey } from './api-key.ts'
import { context } from './context.ts'
import type { HttpEnv } from './http.ts'

/** Who is calling, for which organisation, and what that lets them do. */
export interface Caller {
  org: string
  actor: Actor
  actions: readonly Action[]
  /** Of a request with an Idempotency-Key. */
  requestKey?: string
}

export const causeOf = ({ actor, requestKey }: Caller): Cause => ({
  ...{ actor, correlationId: context().correlationId },
  ...(requestKey && { requestKey }),
})

/** Throws `forbidden` (403) unless the caller holds the action. */
export function demand(caller: Caller, action: Action): void {
  if (caller.actions.includes(action)) return
  throw new DomainError('forbidden', `This needs the right "${action}"`, {
    remedy: 'Ask an administrator of your organisation.',
  })
}

export interface SessionPorts {
  store: Store
  clock: Clock
  identity: Identity
  findKey: (keyId: string) => Promise<FoundKey | undefined>
}

async function fromIdToken({ identity, store }: SessionPorts, token: string): Promise<Caller> {
  const { uid, org, role, claimsVersion } = await identity.verify(token)
  const known = Role.safeParse(role)
  if (!org || !known.success)
    throw new DomainError('forbidden', 'This user belongs to no organisation', {
      remedy: 'Ask an administrator for an invitation.',
    })
  const member = await store.get(org, 'members', uid)
  if (!member?.active || member.claimsVersion > claimsVersion)
    throw new DomainError('unauthenticated', 'Your rights have changed', { remedy: 'Sign in again.' })
  return { org, actor: { kind: 'user', id: uid, role: known.data }, actions: GRANTS[known.data] }
}

async function fromApiKey({ findKey, clock }: SessionPorts, token: string): Promise<Caller> {
  const { org, key } = await verifyKey(findKey, token, clock.now())
  return { org, actor: { kind: 'api-key', id: key.id }, actions: key.scopes.filter((s) => ACTIONS.includes(s)) }
}

/** Puts the caller into the context; answers 401 with a problem document where there is none. */
export function session(ports: () => Promise<SessionPorts>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (c.req.query('key') || c.req.query('token') || c.req.query('access_token'))
      throw new DomainError('invalid', 'Credentials do not belong into an address: it is logged everywhere', {
        remedy: 'Send them as "Authorization: Bearer …", and replace this one.',
      })
    const token = /^Bearer\s+(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (!token)
      throw new DomainError('unauthenticated', 'No token', {
        remedy: 'Send "Authorization: Bearer <ID token or API key>".',
      })
    const caller = parseKey(token) ? await fromApiKey(await ports(), token) : await fromIdToken(await ports(), token)
    c.set('caller', caller)
    context().org = caller.org
    await next()
  }
}
