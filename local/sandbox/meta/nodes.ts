import { minimumBudgets } from '../data/currencies.ts'
import { audienceOf } from '../delivery/audience.ts'
import type { Account, Fields, Json } from '../events.ts'
import { current, items, members, text } from '../world.ts'
import { creativeIdOf } from './ad-rules.ts'
import { accountOf, type Call, thingOf } from './call.ts'
import { GraphError, noSuchObject, required } from './errors.ts'
import { listImages } from './images.ts'
import { listThings, type Page, page } from './list.ts'
import { fieldTree } from './params.ts'
import { estimateBounds, present, presentAccount } from './present.ts'
import { objectOf } from './values.ts'

const ACCOUNT_EDGES = {
  campaigns: 'campaign',
  adsets: 'adset',
  adcreatives: 'creative',
  ads: 'ad',
  customaudiences: 'audience',
} as const

/** GET {object}: a campaign, an account, a page, a pixel, a business. */
export function readNode(call: Call, node: string): Json {
  const tree = fieldTree(call.params.fields)
  if (node.startsWith('act_')) return presentAccount(call, accountOf(call, node), tree)
  if (call.world.things.has(node)) {
    const thing = thingOf(call, node)
    if (thing.createdAt > call.now) throw noSuchObject(call.method, node)
    return present(call, thing, tree)
  }
  for (const account of reachable(call)) {
    if (account.pageId === node) return { id: node, name: account.name, category: 'Recruiter' }
    if (account.pixelId === node)
      return { id: node, name: `${account.name} pixel`, owner_ad_account: { id: `act_${account.id}` } }
    if (account.businessId === node) return { id: node, name: `${account.name} Business` }
  }
  throw noSuchObject(call.method, node)
}

/** GET /me */
export const readMe = (call: Call): Json => ({ id: call.token.userId, name: 'AdFlux system user' })

/** GET /debug_token?input_token=… */
export function debugToken(call: Call): Json {
  const token = call.world.tokens.get(text(call.params.input_token))
  if (!token)
    return { data: { is_valid: false, error: { code: 190, message: 'Invalid OAuth access token.' }, scopes: [] } }
  const seconds = token.expiresAt === null ? 0 : Math.floor(token.expiresAt / 1000)
  const late = token.expiresAt !== null && token.expiresAt <= Date.now()
  const valid = token.state === 'valid' && !late
  return {
    data: {
      app_id: token.appId,
      type: 'SYSTEM_USER',
      application: 'AdFlux',
      data_access_expires_at: 0,
      expires_at: seconds,
      is_valid: valid,
      ...(valid
        ? {}
        : {
            error: {
              code: 190,
              subcode: token.state === 'revoked' ? 460 : 463,
              message: 'Error validating access token',
            },
          }),
      scopes: token.scopes,
      user_id: token.userId,
    },
  }
}

/** GET {object}/{edge} */
export function readEdge(call: Call, node: string, edge: string): Page | { data: Json } {
  if (node === 'me') return ownEdge(call, edge)
  if (node.startsWith('act_')) return accountEdge(call, accountOf(call, node), edge)
  if (!call.world.things.has(node)) return businessEdge(call, node, edge)
  const thing = thingOf(call, node)
  const below = call.world.children(thing.id)
  if (thing.kind === 'campaign' && edge === 'adsets') return listThings(call, below, 'adset')
  if (thing.kind === 'campaign' && edge === 'ads')
    return listThings(
      call,
      below.flatMap((id) => call.world.children(id)),
      'ad',
    )
  if (thing.kind === 'adset' && edge === 'ads') return listThings(call, below, 'ad')
  if (thing.kind === 'ad' && edge === 'adcreatives') return listThings(call, [creativeIdOf(current(thing))], 'creative')
  throw noSuchEdge(thing.kind, edge)
}

function accountEdge(call: Call, account: Account, edge: string): Page | { data: Json } {
  const kind = ACCOUNT_EDGES[edge as keyof typeof ACCOUNT_EDGES]
  if (kind) return listThings(call, call.world.edge(account.id, kind), kind)
  switch (edge) {
    case 'adimages':
      return page(
        call,
        listImages(call, account),
        (image) => text(members(image).id),
        (image) => image,
      )
    case 'minimum_budgets':
      return { data: [{ currency: account.currency, ...minimumBudgets(account.currency) }] }
    case 'adspixels':
      return { data: [{ id: account.pixelId, name: `${account.name} pixel` }] }
    case 'promote_pages':
      return { data: [{ id: account.pageId, name: account.name }] }
    case 'reachestimate':
    case 'delivery_estimate':
      return estimate(call, edge)
    default:
      throw noSuchEdge('AdAccount', edge)
  }
}

/** How many people a targeting would reach, rounded as the platform rounds. */
function estimate(call: Call, edge: string): { data: Json } {
  const targeting: Fields | undefined = objectOf(call.params, 'targeting_spec')
  if (!targeting) throw required('targeting_spec')
  const { size } = audienceOf(targeting, call.world.things, call.now)
  const { lower, upper } = estimateBounds(size)
  if (edge === 'reachestimate')
    return { data: { users_lower_bound: lower, users_upper_bound: upper, estimate_ready: true } }
  return {
    data: [
      {
        estimate_dau: Math.round(lower * 0.65),
        estimate_mau_lower_bound: lower,
        estimate_mau_upper_bound: upper,
        estimate_ready: true,
      },
    ],
  }
}

function ownEdge(call: Call, edge: string): Page | { data: Json } {
  const accounts = reachable(call)
  switch (edge) {
    case 'adaccounts':
      return page(
        call,
        accounts,
        (account) => account.id,
        (account) => presentAccount(call, account, fieldTree(call.params.fields ?? 'account_id')),
      )
    case 'accounts':
      return { data: accounts.map((account) => ({ id: account.pageId, name: account.name, tasks: ['ADVERTISE'] })) }
    case 'permissions':
      return { data: call.token.scopes.map((permission) => ({ permission, status: 'granted' })) }
    case 'businesses':
      return { data: [...new Set(accounts.map((account) => account.businessId))].map((id) => ({ id })) }
    default:
      throw noSuchEdge('User', edge)
  }
}

function businessEdge(call: Call, node: string, edge: string): Page | { data: Json } {
  const accounts = reachable(call).filter((account) => account.businessId === node)
  if (accounts.length === 0) throw noSuchObject(call.method, node)
  if (edge === 'owned_ad_accounts' || edge === 'client_ad_accounts')
    return page(
      call,
      edge === 'owned_ad_accounts' ? accounts : [],
      (account) => account.id,
      (account) => presentAccount(call, account, fieldTree(call.params.fields ?? 'account_id')),
    )
  if (edge === 'owned_pages') return { data: accounts.map((account) => ({ id: account.pageId, name: account.name })) }
  throw noSuchEdge('Business', edge)
}

const reachable = (call: Call): Account[] => call.token.accounts.flatMap((id) => call.world.accounts.get(id) ?? [])

const noSuchEdge = (type: string, edge: string): GraphError =>
  new GraphError(100, `(#100) Tried accessing nonexisting field (${edge}) on node type (${type})`)

/** GET /?ids=1,2: several objects at once. */
export function readMany(call: Call): Json {
  const given = call.params.ids
  const ids = (Array.isArray(given) ? items(given).map(text) : text(given).split(',')).filter((id) => id !== '')
  if (ids.length > 50) throw new GraphError(100, '(#100) Too many IDs. Maximum: 50')
  return Object.fromEntries(ids.map((id) => [id, readNode(call, id)]))
}
