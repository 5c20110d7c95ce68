import { z } from 'zod'
import type { SegmentTargeting } from '#domain/plan.ts'
import type { Segment } from '#domain/segment.ts'
import type { AdsApi } from './ads-api.ts'
import { unreadable } from './failure.ts'

const MOST_AUDIENCES = 8
/** A trait must set the segment apart to be worth targeting. */
const MIN_LIFT = 1.05

const Found = z.object({ audiences: z.array(z.object({ audienceId: z.coerce.string(), audienceName: z.string() })) })

export interface GroupTargeting {
  /** Amazon's audience ids; none = the whole marketplace. */
  audiences: string[]
  explained: SegmentTargeting
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Sponsored Display shows ads in the profile's marketplace and nowhere else. */
function marketplace(market: string, countries: readonly string[]): Pick<SegmentTargeting, 'became' | 'leftOut'> {
  return {
    became: [{ kind: 'marketplace', name: market, from: 'profile' }],
    leftOut: countries
      .filter((country) => country !== market)
      .map((trait) => ({ trait, why: `this Amazon profile advertises in ${market} alone` })),
  }
}

/** Everybody in the marketplace. An ad group without a target reaching all of it is to be confirmed with Amazon. */
export const broadTargeting = (market: string, countries: readonly string[]): GroupTargeting => ({
  audiences: [],
  explained: { segment: null, name: null, ...marketplace(market, countries) },
})

/**
 * What a segment becomes: Amazon's ready-made interest audiences that bear the name of a skill, and nothing else. Sponsored Display
 * places no ad by city; audiences of the people themselves, age, gender and education are not for job ads.
 */
export async function segmentTargeting(
  api: AdsApi,
  segment: Segment,
  market: string,
  countries: readonly string[],
): Promise<GroupTargeting> {
  const { name, evidence } = segment
  const explained: SegmentTargeting = { segment: segment.id, name, ...marketplace(market, countries) }
  const audiences: string[] = []
  for (const skill of evidence.skills.filter(({ lift }) => lift >= MIN_LIFT)) {
    if (audiences.length >= MOST_AUDIENCES) break
    const found = await audienceNamed(api, skill.value)
    if (!found) explained.leftOut.push({ trait: skill.value, why: 'Amazon has no such audience' })
    else if (!audiences.includes(found.id)) {
      audiences.push(found.id)
      explained.became.push({ kind: 'audience', name: found.name, from: skill.value })
    }
  }
  for (const place of evidence.places)
    explained.leftOut.push({ trait: place.value, why: 'Sponsored Display does not target places below a marketplace' })
  for (const trait of evidence.education)
    explained.leftOut.push({ trait: trait.value, why: 'employment ads may not target education' })
  return { audiences, explained }
}

async function audienceNamed(api: AdsApi, skill: string): Promise<{ id: string; name: string } | undefined> {
  const path = '/audiences/list'
  const { body } = await api.call({
    method: 'POST',
    path,
    reads: true,
    body: { adType: 'SD', filters: [{ field: 'audienceName', values: [skill] }] },
  })
  const found = Found.safeParse(body)
  if (!found.success) throw unreadable(true, `POST ${path}`)
  const wanted = plain(skill)
  // "Java" is in "Java (programming language)" and not in "JavaScript".
  const match =
    found.data.audiences.find(({ audienceName }) => plain(audienceName) === wanted) ??
    found.data.audiences.find(({ audienceName }) => plain(audienceName).startsWith(`${wanted} `))
  return match && { id: match.audienceId, name: match.audienceName }
}
