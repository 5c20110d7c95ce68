import type { Json, Kind } from '../events.ts'
import { effectiveStatus } from '../status.ts'
import { current, items, members, type Thing, text } from '../world.ts'
import type { Call } from './call.ts'
import { GraphError, wrongType, wrongValue } from './errors.ts'
import { fieldTree, isTrue } from './params.ts'
import { present } from './present.ts'

export interface Page {
  data: Json[]
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string }
  summary?: { total_count: number }
}

const DEFAULT_LIMIT = 25
const MOST = 5000
const OPERATORS = [
  'EQUAL',
  'NOT_EQUAL',
  'CONTAIN',
  'NOT_CONTAIN',
  'STARTS_WITH',
  'IN',
  'NOT_IN',
  'ANY',
  'GREATER_THAN',
  'LESS_THAN',
] as const
const STATUSES = [
  'ACTIVE',
  'PAUSED',
  'DELETED',
  'ARCHIVED',
  'PENDING_REVIEW',
  'DISAPPROVED',
  'PREAPPROVED',
  'PENDING_BILLING_INFO',
  'CAMPAIGN_PAUSED',
  'ADSET_PAUSED',
  'IN_PROCESS',
  'WITH_ISSUES',
]

export interface Filter {
  field: string
  operator: string
  value: Json
}

/** Objects of an edge, newest first, a page at a time. Deleted and archived ones only when their status is asked for. */
export function listThings(call: Call, ids: readonly string[], kind: Kind): Page {
  const filters = filtersOf(call, kind)
  const statuses = statusesOf(call)
  const things = ids
    .flatMap((id) => call.world.things.get(id) ?? [])
    .filter((thing) => thing.createdAt <= call.now && !call.unlisted(thing.id))
    .filter((thing) => statusFits(call, thing, statuses, filters))
    .filter((thing) => filters.every((filter) => fits(call, thing, filter)))
    .sort((a, b) => (a.id < b.id ? 1 : -1))
  const tree = fieldTree(call.params.fields)
  return page(
    call,
    things,
    (thing) => thing.id,
    (thing) => present(call, thing, tree),
  )
}

/** A page of anything in a stable order; `keyOf` names an item in the cursor. */
export function page<T>(call: Call, all: readonly T[], keyOf: (item: T) => string, show: (item: T) => Json): Page {
  const limit = limitOf(call)
  const { after, before } = call.params
  let from = 0
  if (after !== undefined) from = placeOf(all, keyOf, cursorKey('after', after)) + 1
  else if (before !== undefined) from = Math.max(0, placeOf(all, keyOf, cursorKey('before', before)) - limit)
  const slice = all.slice(from, from + limit)
  const first = slice[0]
  const last = slice[slice.length - 1]
  const summary = isTrue(call.params.summary) || text(call.params.summary) === 'total_count'
  const found: Page = { data: slice.map(show), ...(summary ? { summary: { total_count: all.length } } : {}) }
  if (first === undefined || last === undefined) return found
  const cursors = { before: cursor(keyOf(first)), after: cursor(keyOf(last)) }
  return {
    ...found,
    paging: {
      cursors,
      ...(from + limit < all.length ? { next: pageUrl(call, { after: cursors.after }) } : {}),
      ...(from > 0 ? { previous: pageUrl(call, { before: cursors.before }) } : {}),
    },
  }
}

export function limitOf(call: Call, fallback = DEFAULT_LIMIT): number {
  const given = call.params.limit
  if (given === undefined) return fallback
  const limit = Number(given)
  if (!Number.isInteger(limit) || limit < 1) throw wrongType('limit', 'a positive integer')
  return Math.min(limit, MOST)
}

/** The address of another page of this very query. The platform puts the token into it, whichever way it came. */
export function pageUrl(call: Call, step: { after: string } | { before: string }): string {
  const query = new URLSearchParams({ access_token: call.token.token })
  for (const [name, value] of Object.entries(call.params)) {
    if (['access_token', 'after', 'before', 'appsecret_proof'].includes(name)) continue
    query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  for (const [name, value] of Object.entries(step)) query.set(name, value)
  return `https://graph.facebook.com/v${call.version}.0/${call.path.join('/')}?${query}`
}

export const cursor = (key: string): string => Buffer.from(key).toString('base64url')

export function cursorKey(name: string, value: Json): string {
  const key = Buffer.from(text(value), 'base64url').toString()
  if (key === '' || cursor(key) !== text(value).replace(/=+$/, ''))
    throw new GraphError(100, `(#100) Invalid cursors values`, { blame: [name] })
  return key
}

/** Where an item stands, or would stand if it is gone: a cursor outlives its object. */
function placeOf<T>(all: readonly T[], keyOf: (item: T) => string, key: string): number {
  const exact = all.findIndex((item) => keyOf(item) === key)
  if (exact >= 0) return exact
  const next = all.findIndex((item) => keyOf(item) < key)
  return (next < 0 ? all.length : next) - 1
}

function filtersOf(call: Call, kind: Kind): Filter[] {
  return items(call.params.filtering).map((item) => {
    const { field, operator, value } = members(item)
    if (!OPERATORS.some((known) => known === operator)) throw wrongValue('filtering[operator]', OPERATORS)
    if (value === undefined) throw wrongType('filtering', 'a list of {field, operator, value}')
    const bare = text(field).replace(new RegExp(`^${kind}\\.`), '')
    return { field: bare, operator: text(operator), value }
  })
}

function statusesOf(call: Call): string[] {
  const given = [...items(call.params.effective_status), ...items(call.params.configured_status)].map(text)
  for (const status of given) if (!STATUSES.includes(status)) throw wrongValue('effective_status', STATUSES)
  return given
}

function statusFits(call: Call, thing: Thing, statuses: readonly string[], filters: readonly Filter[]): boolean {
  const status = effectiveStatus(call.world, thing, call.now)
  if (statuses.length > 0) return statuses.includes(status) || statuses.includes(text(current(thing).status))
  if (filters.some((filter) => filter.field.endsWith('status') || filter.field === 'id')) return true
  return status !== 'DELETED' && status !== 'ARCHIVED'
}

function fits(call: Call, thing: Thing, { field, operator, value }: Filter): boolean {
  return matches(fieldValue(call, thing, field), operator, value)
}

function fieldValue(call: Call, thing: Thing, field: string): string {
  const fields = current(thing)
  const [owner = '', inner] = field.split('.')
  if (inner !== undefined && (owner === 'campaign' || owner === 'adset')) {
    const above = call.world.things.get(text(fields[`${owner}_id`]))
    return above ? fieldValue(call, above, inner) : ''
  }
  if (field === 'id') return thing.id
  if (field === 'effective_status' || field === 'delivery_status') return effectiveStatus(call.world, thing, call.now)
  if (field === 'created_time') return String(Math.floor(thing.createdAt / 1000))
  if (field === 'updated_time') return String(Math.floor((thing.versions.at(-1)?.at ?? 0) / 1000))
  if (fields[field] === undefined && !['name', 'status', 'objective', 'hash'].includes(field))
    throw new GraphError(100, `(#100) Filtering field ${field} with operation is not supported`)
  return text(fields[field])
}

/** Text is compared without case, numbers as numbers. */
export function matches(have: string, operator: string, wanted: Json): boolean {
  const list = (Array.isArray(wanted) ? wanted : [wanted]).map(text)
  const one = list[0] ?? ''
  const has = have.toLowerCase()
  switch (operator) {
    case 'EQUAL':
      return have === one
    case 'NOT_EQUAL':
      return have !== one
    case 'CONTAIN':
      return list.some((item) => has.includes(item.toLowerCase()))
    case 'NOT_CONTAIN':
      return list.every((item) => !has.includes(item.toLowerCase()))
    case 'STARTS_WITH':
      return has.startsWith(one.toLowerCase())
    case 'IN':
    case 'ANY':
      return list.includes(have)
    case 'NOT_IN':
      return !list.includes(have)
    case 'GREATER_THAN':
      return Number(have) > Number(one)
    default:
      return Number(have) < Number(one)
  }
}
