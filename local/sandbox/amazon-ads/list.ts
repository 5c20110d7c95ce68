import type { Account, Fields } from '../events.ts'
import { effectiveStatus } from '../status.ts'
import { type Thing, text, type World } from '../world.ts'
import { badRequest } from './errors.ts'
import { native, type Resource } from './resource.ts'

const SERVING: Record<string, Record<string, string>> = {
  campaign: { ACTIVE: 'CAMPAIGN_STATUS_ENABLED', PAUSED: 'CAMPAIGN_PAUSED', DELETED: 'CAMPAIGN_ARCHIVED' },
  adset: { ACTIVE: 'AD_GROUP_STATUS_ENABLED', PAUSED: 'AD_GROUP_PAUSED', DELETED: 'AD_GROUP_ARCHIVED' },
  ad: {
    ACTIVE: 'AD_STATUS_LIVE',
    PENDING_REVIEW: 'AD_POLICING_PENDING_REVIEW',
    DISAPPROVED: 'AD_POLICING_SUSPENDED',
    PAUSED: 'AD_PAUSED',
    ADSET_PAUSED: 'AD_GROUP_PAUSED',
    CAMPAIGN_PAUSED: 'CAMPAIGN_PAUSED',
    DELETED: 'AD_ARCHIVED',
  },
}

/** An object as lists show it; `extended` adds what the platform says of it. */
function shown(world: World, resource: Resource, thing: Thing, extended: boolean): Fields {
  const { country: _country, ...fields } = native(thing)
  const status = effectiveStatus(world, thing, world.now())
  const serving = SERVING[thing.kind]?.[status] ?? SERVING[thing.kind]?.PAUSED
  return {
    [resource.idField]: thing.id,
    ...fields,
    ...(extended && {
      creationDate: thing.createdAt,
      lastUpdatedDate: thing.versions.at(-1)?.at ?? thing.createdAt,
      ...(serving !== undefined && { servingStatus: serving }),
    }),
  }
}

const FILTERS: Record<string, string> = {
  stateFilter: 'state',
  campaignIdFilter: 'campaignId',
  adGroupIdFilter: 'adGroupId',
  targetIdFilter: 'targetId',
  creativeIdFilter: 'creativeId',
  adIdFilter: 'adId',
}
const MOST_LISTED = 100

/** GET /sd/...: by state, ids and exact name; startIndex and count page it. Archived objects are shown when they are asked for. */
export function listThings(
  world: World,
  account: Account,
  resource: Resource,
  query: URLSearchParams,
  extended: boolean,
  unlisted: (id: string) => boolean,
): Fields[] {
  const start = whole(query, 'startIndex', 0)
  const count = Math.min(MOST_LISTED, whole(query, 'count', MOST_LISTED))
  const wanted = new Map<string, readonly string[]>([['state', ['enabled', 'paused']]])
  for (const [name, value] of query) {
    if (name === 'startIndex' || name === 'count' || name === 'name' || name === 'language') continue
    const field = FILTERS[name]
    if (!field) throw badRequest(`There is no filter ${name}`)
    wanted.set(field, value.split(','))
  }
  const name = query.get('name')
  const found: Fields[] = []
  let passed = 0
  for (const id of world.edge(account.id, resource.kind)) {
    const thing = world.things.get(id)
    if (!thing || (unlisted(id) && !wanted.has(resource.idField)) || found.length >= count) continue
    const object: Fields = { ...native(thing), [resource.idField]: id }
    if (name !== null && object.name !== name) continue
    const fits = [...wanted].every(
      ([field, values]) => object[field] === undefined || values.includes(text(object[field])),
    )
    if (!fits || passed++ < start) continue
    found.push(shown(world, resource, thing, extended))
  }
  return found
}

function whole(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise)
  if (!Number.isInteger(value) || value < 0) throw badRequest(`${name}: must be a whole number`)
  return value
}
