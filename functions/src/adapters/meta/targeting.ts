import { z } from 'zod'
import type { SegmentTargeting } from '#domain/plan.ts'
import type { Segment } from '#domain/segment.ts'
import type { GraphApi } from './graph-api.ts'

/** Radius round a city: above the minimum of the employment category (15 miles in the US, 25 km elsewhere). */
const CITY_RADIUS_KM = 40
const MOST_CITIES = 10
const MOST_INTERESTS = 12
/** A trait must set the segment apart to be worth targeting. */
const MIN_LIFT = 1.05

const Found = z.object({
  data: z.array(
    z.object({
      key: z.coerce.string().optional(),
      id: z.coerce.string().optional(),
      name: z.string(),
      country_code: z.string().optional(),
    }),
  ),
})

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

export interface AdSetTargeting {
  targeting: Record<string, unknown>
  explained: SegmentTargeting
}

/** Ages as the employment category demands them; Meta wants its own widening of audiences answered, and the plan shows all there is. */
const EVERYBODY = { age_min: 18, age_max: 65, targeting_automation: { advantage_audience: 0 } }

/** Everybody in the campaign's countries: what a campaign without segments gets. */
export const broadTargeting = (countries: readonly string[]): AdSetTargeting => ({
  targeting: { geo_locations: { countries: [...countries] }, ...EVERYBODY },
  explained: {
    segment: null,
    name: null,
    became: countries.map((name) => ({ kind: 'country', name, from: 'campaign' })),
    leftOut: [],
  },
})

/** The segment's own people who agreed to it, by their hashed addresses; switched on per connection (SECURITY.md 9). */
export const audienceTargeting = (segment: Segment, countries: readonly string[], people: number): AdSetTargeting => ({
  targeting: {
    geo_locations: { countries: [...countries] },
    ...EVERYBODY,
    custom_audiences: [{ id: `{audience:${segment.id}}` }],
  },
  explained: {
    segment: segment.id,
    name: segment.name,
    became: [{ kind: 'custom_audience', name: `${people} people who agreed to it`, from: 'consents' }],
    leftOut: [],
  },
})

/**
 * What a segment becomes under Meta's employment rules: cities with a radius and interests, from its evidence alone. Never age, gender,
 * postcode, exclusions or lookalikes (Meta, special ad category EMPLOYMENT).
 */
export async function segmentTargeting(
  api: GraphApi,
  segment: Segment,
  countries: readonly string[],
): Promise<AdSetTargeting> {
  const explained: SegmentTargeting = { segment: segment.id, name: segment.name, became: [], leftOut: [] }
  const cities = await findCities(api, segment, countries, explained)
  const interests = await findInterests(api, segment, explained)
  for (const trait of segment.evidence.education)
    explained.leftOut.push({ trait: trait.value, why: 'employment ads may not target education' })
  const geo =
    cities.length > 0
      ? { cities: cities.map((key) => ({ key, radius: CITY_RADIUS_KM, distance_unit: 'kilometer' })) }
      : { countries: [...countries] }
  if (cities.length === 0)
    for (const name of countries) explained.became.push({ kind: 'country', name, from: 'campaign' })
  return {
    targeting: {
      geo_locations: geo,
      ...EVERYBODY,
      ...(interests.length > 0 && { flexible_spec: [{ interests }] }),
    },
    explained,
  }
}

async function findCities(
  api: GraphApi,
  { evidence }: Segment,
  countries: readonly string[],
  explained: SegmentTargeting,
): Promise<string[]> {
  const keys: string[] = []
  for (const place of evidence.places.filter((p) => p.lift >= MIN_LIFT).slice(0, MOST_CITIES)) {
    const city = place.city ?? place.value
    if (place.country && !countries.includes(place.country)) {
      explained.leftOut.push({ trait: place.value, why: 'outside the campaign’s countries' })
      continue
    }
    const found = Found.parse(
      await api.call('GET', ['search'], { type: 'adgeolocation', location_types: ['city'], q: city, limit: 10 }),
    )
    const match = found.data.find(
      (c) => plain(c.name) === plain(city) && c.country_code !== undefined && countries.includes(c.country_code),
    )
    if (!match?.key || keys.includes(match.key)) {
      if (!match) explained.leftOut.push({ trait: place.value, why: 'Meta knows no such city there' })
      continue
    }
    keys.push(match.key)
    explained.became.push({ kind: 'city', name: `${match.name} (+${CITY_RADIUS_KM} km)`, from: place.value })
  }
  return keys
}

async function findInterests(
  api: GraphApi,
  { evidence }: Segment,
  explained: SegmentTargeting,
): Promise<{ id: string; name: string }[]> {
  const interests = new Map<string, { id: string; name: string }>()
  for (const skill of evidence.skills.filter((s) => s.lift >= MIN_LIFT).slice(0, MOST_INTERESTS)) {
    const found = Found.parse(await api.call('GET', ['search'], { type: 'adinterest', q: skill.value, limit: 10 }))
    const match =
      found.data.find((i) => plain(i.name) === plain(skill.value)) ??
      found.data.find((i) => nameContains(i.name, skill.value))
    if (!match?.id) explained.leftOut.push({ trait: skill.value, why: 'Meta knows no such interest' })
    else if (!interests.has(match.id)) {
      interests.set(match.id, { id: match.id, name: match.name })
      explained.became.push({ kind: 'interest', name: match.name, from: skill.value })
    }
  }
  return [...interests.values()]
}

/** "Java" is in "Java (programming language)" and not in "JavaScript". */
const nameContains = (name: string, skill: string): boolean =>
  plain(name)
    .split(/[^\p{L}\p{N}+#.]+/u)
    .join(' ')
    .startsWith(`${plain(skill)} `)
