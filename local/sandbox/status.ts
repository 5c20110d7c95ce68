import { fieldsAt, type Thing, text, type World } from './world.ts'

/** Meta's effective_status: what an object does, as against `status`, what it was told to do. */
export function effectiveStatus(world: World, thing: Thing, at: number): string {
  const own = text(fieldsAt(thing, at)?.status)
  if (own === 'DELETED' || own === 'ARCHIVED' || thing.kind === 'campaign') return own
  const adset = thing.kind === 'ad' ? parent(world, thing, 'adset_id', at) : undefined
  const campaign = parent(world, adset ?? thing, 'campaign_id', at)
  const above = [campaign, adset].map((object) => (object ? text(fieldsAt(object, at)?.status) : ''))
  for (const gone of ['DELETED', 'ARCHIVED']) if (above.includes(gone)) return gone
  const review = thing.kind === 'ad' ? reviewAt(thing, at) : 'ACTIVE'
  if (review === 'DISAPPROVED') return review
  if (own === 'PAUSED') return own
  if (above[0] === 'PAUSED') return 'CAMPAIGN_PAUSED'
  if (above[1] === 'PAUSED') return 'ADSET_PAUSED'
  return review
}

/** Where an ad's latest review stands; one that never began counts as pending. */
export function reviewAt(ad: Thing, at: number): 'PENDING_REVIEW' | 'ACTIVE' | 'DISAPPROVED' {
  const review = ad.reviews.findLast((candidate) => candidate.at <= at)
  return review && at >= review.endsAt ? review.verdict : 'PENDING_REVIEW'
}

/** Whether an ad and everything above it is told to run. */
export function chainActive(world: World, ad: Thing, at: number): boolean {
  const adset = parent(world, ad, 'adset_id', at)
  const campaign = adset && parent(world, adset, 'campaign_id', at)
  return [ad, adset, campaign].every((thing) => thing && text(fieldsAt(thing, at)?.status) === 'ACTIVE')
}

export function parent(world: World, thing: Thing, field: 'adset_id' | 'campaign_id', at: number): Thing | undefined {
  return world.things.get(text(fieldsAt(thing, at)?.[field]))
}
