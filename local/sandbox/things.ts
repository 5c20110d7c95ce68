import { joinGroup } from './amazon-ads/join.ts'
import type { Account, Fields, Kind, NewThing } from './events.ts'
import { beginReviews } from './review.ts'
import { campaignOf, current, numbered, type Thing, text, type World } from './world.ts'

/** Set when the answer to a create is to be lost and the object to land later. */
export interface Late {
  clock: 'virtual' | 'real'
  dueAt: number
}

/** Changes an object if that changes anything; what it now says is reviewed. */
export function change(world: World, thing: Thing, changes: Fields, at: number): void {
  const before = current(thing)
  const real = Object.entries(changes).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))
  if (real.length === 0) return
  world.record({ type: 'changed', at, id: thing.id, changes: Object.fromEntries(real) })
  reviewBelow(world, thing, at)
}

/** Puts a new object into the world, now or when it lands; answers its id. */
export function put(world: World, account: Account, kind: Kind, fields: Fields, at: number, late?: Late): string {
  const id = kind === 'image' ? `${account.id}:${text(fields.hash)}` : world.newId()
  const thing: NewThing = { id, kind, account: account.id, key: keyOf(world, account, kind, fields), fields }
  if (late) world.record({ type: 'landing', landing: { ...late, thing } })
  else land(world, thing, at)
  return id
}

/** What a create, or a late landing, does to the world. */
function land(world: World, thing: NewThing, at: number): void {
  world.record({ type: 'created', at, thing })
  const made = world.things.get(thing.id)
  if (!made) return
  joinGroup(world, made, (object, changes) => change(world, object, changes, at))
  reviewBelow(world, made, at)
}

/** Lets every create land whose time has come. */
export function settle(world: World): void {
  const due = world.landings.filter((landing) => landing.dueAt <= (landing.clock === 'real' ? Date.now() : world.now()))
  for (const landing of due) land(world, landing.thing, world.now())
}

function reviewBelow(world: World, thing: Thing, at: number): void {
  const campaign = campaignOf(world.things, thing)
  if (campaign) beginReviews(world, campaign, at)
}

/** Names from the campaign down, and which of its namesakes it is: never an id, so that no result depends on the order of creation. */
function keyOf(world: World, account: Account, kind: Kind, fields: Fields): string {
  const above = world.things.get(text(fields[kind === 'ad' ? 'adset_id' : 'campaign_id']))
  const base = `${above ? above.key : account.id}/${kind}:${text(fields.name) || text(fields.hash)}`
  return numbered(base, world.namesakes(base))
}
