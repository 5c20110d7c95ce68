import type { Account, Fields, Json } from '../events.ts'
import { change, type Late, put } from '../things.ts'
import { current, items, members, type Thing, text, type World } from '../world.ts'
import { creative, productAd, target } from './ads.ts'
import { adGroup, campaign } from './campaigns.ts'
import { AdsError, badRequest, RowError } from './errors.ts'
import { joinGroup } from './join.ts'
import { native, type Resource } from './resource.ts'

/** By the second part of the path: /sd/campaigns. https://advertising.amazon.com/API/docs/en-us/sponsored-display/3-0/openapi */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  campaigns: campaign,
  adGroups: adGroup,
  targets: target,
  creatives: creative,
  productAds: productAd,
}

const MOST_ROWS = 100

/** One row of an answer 207; `id` is what the request made, for the faults. */
export interface Row {
  answer: Fields
  id: string | undefined
}

/** Every row by itself, in the order of the request: one that fails leaves the others standing. */
function eachRow(resource: Resource, body: Json, failing: boolean, work: (given: Json) => string): Row[] {
  const given = items(body)
  if (!Array.isArray(body) || given.length === 0) throw badRequest('The body must be an array of objects')
  if (given.length > MOST_ROWS) throw badRequest(`At most ${MOST_ROWS} objects may be sent at once`)
  return given.map((row, index) => {
    if (failing && index === given.length - 1)
      return {
        answer: { code: 'THROTTLED', description: 'The object could not be processed, please retry' },
        id: undefined,
      }
    try {
      const id = work(row)
      return { answer: { code: 'SUCCESS', [resource.idField]: id }, id }
    } catch (cause) {
      if (!(cause instanceof RowError)) throw cause
      return { answer: { code: cause.code, description: cause.message }, id: undefined }
    }
  })
}

export const createRows = (
  world: World,
  account: Account,
  resource: Resource,
  body: Json,
  bent: { late?: Late; failing: boolean },
): Row[] =>
  eachRow(resource, body, bent.failing, (given) =>
    put(world, account, resource.kind, resource.create(world, account, given), world.now(), bent.late),
  )

export const changeRows = (world: World, account: Account, resource: Resource, body: Json, failing: boolean): Row[] =>
  eachRow(resource, body, failing, (given) => {
    const id = text(members(given)[resource.idField])
    const thing = ownThing(world, account, resource, id)
    if (native(thing).state === 'archived')
      throw new RowError('INVALID_ARGUMENT', `${id} is archived and cannot be changed`)
    apply(world, thing, resource.change(world, account, thing, given))
    return id
  })

/** DELETE archives; it cannot be undone, and doing it again changes nothing. */
export function archive(world: World, account: Account, resource: Resource, id: string): Fields {
  if (resource.kind === 'creative') throw new AdsError(405, 'METHOD_NOT_ALLOWED', 'Creatives cannot be archived')
  try {
    const thing = ownThing(world, account, resource, id)
    if (native(thing).state !== 'archived')
      apply(world, thing, { status: 'DELETED', amazon: { ...native(thing), state: 'archived' } })
    return { code: 'SUCCESS', [resource.idField]: id }
  } catch (cause) {
    if (!(cause instanceof RowError)) throw cause
    throw new AdsError(404, cause.code, cause.message)
  }
}

function ownThing(world: World, account: Account, resource: Resource, id: string): Thing {
  const thing = world.things.get(id)
  if (thing?.kind !== resource.kind || thing.account !== account.id)
    throw new RowError('NOT_FOUND', `There is no ${resource.idField} ${id}`)
  return thing
}

/** A campaign's days hold for its ad groups, a creative's text for its ads, a target's state for its ad group's reach. */
function apply(world: World, thing: Thing, changes: Fields): void {
  const at = world.now()
  const before = JSON.stringify(current(thing))
  change(world, thing, changes, at)
  if (before === JSON.stringify(current(thing))) return
  joinGroup(world, thing, (object, joined) => change(world, object, joined, at))
  if (thing.kind === 'campaign') {
    const { start_time, end_time } = current(thing)
    for (const id of world.children(thing.id)) {
      const group = world.things.get(id)
      if (group && start_time !== undefined && end_time !== undefined)
        change(world, group, { start_time, end_time }, at)
    }
  }
}
