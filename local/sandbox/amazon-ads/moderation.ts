import type { Account, Fields, Json } from '../events.ts'
import { reviewAt } from '../status.ts'
import { type Thing, text, type World } from '../world.ts'
import { native } from './resource.ts'

/** GET /sd/moderation/creatives: where the review of each creative stands, and what it objects to. */
export function moderation(world: World, account: Account, query: URLSearchParams): Fields[] {
  const groups = query.get('adGroupIdFilter')?.split(',')
  return world.edge(account.id, 'creative').flatMap((id) => {
    const creative = world.things.get(id)
    const group = creative && text(native(creative).adGroupId)
    if (!creative || group === undefined || (groups && !groups.includes(group))) return []
    return [{ creativeId: id, creativeType: 'IMAGE', adGroupId: group, ...verdict(world, group) }]
  })
}

function verdict(world: World, group: string): Fields {
  const ads = world.children(group).flatMap((id) => world.things.get(id) ?? [])
  const states = ads.map((ad) => reviewAt(ad, world.now()))
  const rejected = ads.find((_, index) => states[index] === 'DISAPPROVED')
  if (rejected) return { moderationStatus: 'REJECTED', policyViolations: violations(rejected) }
  return { moderationStatus: states.includes('ACTIVE') ? 'APPROVED' : 'IN_PROGRESS', policyViolations: [] }
}

const violations = (ad: Thing): Json[] =>
  Object.entries(ad.reviews.at(-1)?.feedback ?? {}).map(([title, say]) => ({
    policyDescription: `${title}: ${say}`,
    policyLinkUrl: 'https://advertising.amazon.com/resources/ad-policy/creative-acceptance',
  }))
