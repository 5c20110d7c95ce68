import type { Account, Fields, Kind, NewThing } from '../events.ts'
import { beginReviews } from '../review.ts'
import { campaignOf, current, items, numbered, type Thing, text, type World } from '../world.ts'
import { newAd } from './ad-rules.ts'
import { newAdset } from './adset-rules.ts'
import type { Call } from './call.ts'
import { newCampaign } from './campaign-rules.ts'
import { newCreative } from './creative-rules.ts'
import { changesOf } from './update-rules.ts'

export type Created = 'campaign' | 'adset' | 'creative' | 'ad'

/** Set when the answer to a create is to be lost and the object to land later. */
export interface Late {
  clock: 'virtual' | 'real'
  dueAt: number
}

const dryRun = (call: Call): boolean => items(call.params.execution_options).map(text).includes('validate_only')

/** Validates and creates; answers what the platform answers. */
export function createThing(
  call: Call,
  account: Account,
  kind: Created,
  late?: Late,
): { id: string } | { success: true } {
  const { fields, creative } = fieldsOf(call, account, kind)
  if (dryRun(call)) return { success: true }
  let given = fields
  if (creative) {
    const id = put(call.world, account, 'creative', creative, call.now)
    given = { ...fields, creative: { creative_id: id } }
  }
  return { id: put(call.world, account, kind, given, call.now, late) }
}

function fieldsOf(call: Call, account: Account, kind: Created): { fields: Fields; creative?: Fields } {
  if (kind === 'campaign') return { fields: newCampaign(call, account) }
  if (kind === 'adset') return { fields: newAdset(call, account) }
  if (kind === 'creative') return { fields: newCreative(call, account) }
  return newAd(call, account)
}

export function updateThing(call: Call, account: Account, thing: Thing): { success: true } {
  const { changes, creative } = changesOf(call, account, thing)
  if (dryRun(call)) return { success: true }
  const given = creative
    ? { ...changes, creative: { creative_id: put(call.world, account, 'creative', creative, call.now) } }
    : changes
  change(call.world, thing, given, call.now)
  return { success: true }
}

export function deleteThing(call: Call, thing: Thing): { success: true } {
  change(call.world, thing, { status: 'DELETED' }, call.now)
  return { success: true }
}

function change(world: World, thing: Thing, changes: Fields, at: number): void {
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
export function land(world: World, thing: NewThing, at: number): void {
  world.record({ type: 'created', at, thing })
  const made = world.things.get(thing.id)
  if (made) reviewBelow(world, made, at)
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
