import { searchInterests } from '../data/interests.ts'
import type { Fields, Json } from '../events.ts'
import { items, members, text } from '../world.ts'
import { badRequest } from './errors.ts'

const MOST = 25

/** POST /audiences/list: interest audiences by name. None that touches a sensitive trait is offered, as Amazon's policy has it. */
export function listAudiences(body: Json): Fields {
  const { adType, filters } = members(body)
  if (adType !== 'SD') throw badRequest('adType: must be SD')
  const names = items(filters).flatMap((filter) =>
    members(filter).field === 'audienceName' ? items(members(filter).values).map(text) : [],
  )
  if (names.length === 0) throw badRequest('filters: needs one with the field audienceName')
  const found = names.flatMap(searchInterests).filter((interest) => !interest.restricted)
  return {
    audiences: found.slice(0, MOST).map((interest) => ({
      audienceId: interest.id,
      audienceName: interest.name,
      category: 'Interest',
      subCategory: interest.topic,
      status: 'Active',
    })),
    matchCount: found.length,
  }
}
