import type { Ledger } from '../delivery/ledger.ts'
import type { Account, Token } from '../events.ts'
import type { Thing, World } from '../world.ts'
import { GraphError, noSuchObject } from './errors.ts'
import type { Params } from './params.ts'

/** One call of the Graph API, after its token was accepted. */
export interface Call {
  world: World
  ledger: Ledger
  /** The fault that the ledger is told with, if one is. */
  told: string | null
  method: 'GET' | 'POST' | 'DELETE'
  /** 24 for v24.0. */
  version: number
  path: string[]
  params: Params
  token: Token
  /** Virtual epoch ms. */
  now: number
  /** Parameters that the platform would ignore; told in the record of calls. */
  ignored: Set<string>
  /** Ids that lists do not show yet. */
  unlisted(id: string): boolean
}

/** Refuses, as the platform does, an account that the token has no access to. */
export function accountOf(call: Call, node: string): Account {
  const id = node.replace(/^act_/, '')
  const account = call.world.accounts.get(id)
  if (!account) throw noSuchObject(call.method, node)
  if (!call.token.accounts.includes(id))
    throw new GraphError(200, '(#200) Ad account owner has NOT grant ads_management or ads_read permission', {
      status: 403,
    })
  const scope = call.method === 'GET' ? ['ads_read', 'ads_management'] : ['ads_management']
  if (!scope.some((name) => call.token.scopes.includes(name)))
    throw new GraphError(10, '(#10) Application does not have permission for this action', { status: 403 })
  if (call.method !== 'GET' && account.status !== 1)
    throw new GraphError(100, 'Invalid parameter', {
      subcode: 1487742,
      title: 'Your ad account is disabled',
      say: 'Ads cannot be created or edited in this ad account until it is active again.',
    })
  return account
}

/** An object by id, if the token may see it; objects of other businesses look like unknown ones. */
export function thingOf(call: Call, id: string): Thing {
  const thing = call.world.things.get(id)
  if (!thing || !call.token.accounts.includes(thing.account)) throw noSuchObject(call.method, id)
  accountOf(call, thing.account)
  return thing
}
