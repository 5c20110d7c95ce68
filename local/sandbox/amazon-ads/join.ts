import type { Fields } from '../events.ts'
import { current, members, type Thing, text, type World } from '../world.ts'

type Change = (thing: Thing, changes: Fields) => void

/**
 * Sponsored Display hangs creatives and targets on an ad group, the world's delivery wants them on the ad and in the ad set's
 * targeting. Called when an object is made or a target changes; the other platforms' objects pass through untouched.
 */
export function joinGroup(world: World, thing: Thing, change: Change): void {
  const group = world.things.get(text(current(thing).adset_id))
  if (!group || current(group).amazon === undefined) return
  if (thing.kind === 'target') change(group, { targeting: targetingOf(world, group) })
  const creative = world.attached(group.id, 'creative').at(-1)
  if (creative === undefined) return
  const ads = thing.kind === 'creative' ? world.children(group.id) : thing.kind === 'ad' ? [thing.id] : []
  for (const id of ads) {
    const ad = world.things.get(id)
    if (ad) change(ad, { creative: { creative_id: creative, revision: revisionOf(world, creative) } })
  }
}

/** A creative that says something else is reviewed again. */
const revisionOf = (world: World, creative: string): number => world.things.get(creative)?.versions.length ?? 1

/** Whom an ad group reaches: the marketplace, narrowed to the audiences of its enabled targets. With targets, but none enabled, nobody. */
export function targetingOf(world: World, group: Thing): Fields {
  const targets = world.attached(group.id, 'target').flatMap((id) => world.things.get(id) ?? [])
  const enabled = targets.filter((target) => current(target).status === 'ACTIVE')
  return marketTargeting(
    targets.length > 0 && enabled.length === 0 ? [] : [text(members(current(group).amazon).country)],
    enabled.map((target) => text(current(target).audience)),
  )
}

export const marketTargeting = (countries: string[], interests: string[]): Fields => ({
  geo_locations: { countries },
  age_min: 18,
  age_max: 65,
  ...(interests.length > 0 && { flexible_spec: [{ interests: interests.map((id) => ({ id })) }] }),
})
