import { COUNTRIES, isWorldwide } from '../data/countries.ts'
import { INTERESTS } from '../data/interests.ts'
import { CITIES, citiesNear, REGIONS } from '../data/places.ts'
import type { Fields, Json, Kind } from '../events.ts'
import { hashText, uniform } from '../random.ts'
import { fieldsAt, items, members, type Thing, text } from '../world.ts'

/** Whom a targeting reaches. A model: plausible sizes that depend on every part of the targeting, never the platform's own. */
export interface Audience {
  /** People whom the targeting describes. */
  size: number
  /** What a thousand impressions cost among them before quality, USD: a mean over places by people. */
  cpmUsd: number
  /** Ids of interests that narrow it, for relevance. */
  interests: string[]
  /** Words that people must have searched for, for relevance. */
  keywords: string[]
  /** Names of places that it names, for relevance. */
  places: string[]
  custom: boolean
}

const ADULT_REACH = 0.62
const KM_PER_MILE = 1.609

interface Place {
  people: number
  cpmUsd: number
  names: string[]
}

/** `at` matters because a custom audience grows. */
export function audienceOf(targeting: Fields, things: ReadonlyMap<string, Thing>, at: number): Audience {
  const places = placesOf(members(targeting.geo_locations))
  const people = places.reduce((sum, place) => sum + place.people, 0)
  const cost = places.reduce((sum, place) => sum + place.people * place.cpmUsd, 0)
  const { share, interests } = interestShare(targeting)
  const keywords = items(targeting.keywords).map(text)
  const narrowed = people * share * searchShare(keywords) * ageShare(targeting) * genderShare(targeting)
  const matched = customSize(targeting, things, at)
  return {
    size: Math.floor(matched === undefined ? narrowed : Math.min(narrowed, matched)),
    cpmUsd: people > 0 ? cost / people : 3,
    interests,
    keywords,
    places: places.flatMap((place) => place.names),
    custom: matched !== undefined,
  }
}

/** People whom the platform found among an audience's hashes: a share drawn by seed, the same for the same audience. */
export const matchedUsers = (key: string, count: number): number =>
  Math.floor(count * (0.55 + 0.2 * uniform(hashText(`match/${key}`), 1)))

function placesOf(geo: Fields): Place[] {
  const found: Place[] = []
  if (isWorldwide(items(geo.country_groups).map(text)))
    for (const country of COUNTRIES.values())
      found.push({ people: country.reachK * 1000, cpmUsd: country.cpmUsd, names: [] })
  for (const code of items(geo.countries)) {
    const country = COUNTRIES.get(text(code))
    if (country) found.push({ people: country.reachK * 1000, cpmUsd: country.cpmUsd, names: [country.en, country.es] })
  }
  for (const item of items(geo.regions)) {
    const region = REGIONS.get(text(members(item).key))
    if (region)
      found.push({
        people: region.peopleK * 1000 * ADULT_REACH,
        cpmUsd: region.country.cpmUsd * 1.04,
        names: [region.name],
      })
  }
  for (const item of items(geo.cities)) {
    const city = CITIES.get(text(members(item).key))
    if (!city) continue
    const radius = kilometres(members(item)) ?? 0
    const people = city.peopleK * 1000 * ADULT_REACH * (1 + Math.min(radius, 80) / 90)
    found.push({ people, cpmUsd: city.country.cpmUsd * 1.1, names: [...city.names] })
  }
  for (const item of items(geo.custom_locations)) {
    const { latitude, longitude } = members(item)
    const near = citiesNear(Number(latitude), Number(longitude), (kilometres(members(item)) ?? 16) + 20)
    for (const city of near)
      found.push({
        people: city.peopleK * 1000 * ADULT_REACH * 0.8,
        cpmUsd: city.country.cpmUsd * 1.15,
        names: [...city.names],
      })
  }
  return found
}

/** A place's radius in kilometres; undefined when it has none. */
export function kilometres(place: Fields): number | undefined {
  const radius = Number(place.radius)
  if (place.radius === undefined || !Number.isFinite(radius)) return undefined
  return text(place.distance_unit) === 'kilometer' ? radius : radius * KM_PER_MILE
}

/** Interests of one flexible_spec entry widen each other, entries narrow each other. */
function interestShare(targeting: Fields): { share: number; interests: string[] } {
  const used: string[] = []
  const of = (list: Json | undefined): number | undefined => {
    let none = 1
    const found = items(list)
      .map((item) => INTERESTS.get(text(members(item).id) || text(item)))
      .filter((interest) => interest !== undefined)
    for (const interest of found) {
      none *= 1 - interest.share
      used.push(interest.id)
    }
    return found.length > 0 ? 1 - none : undefined
  }
  let share = of(targeting.interests) ?? 1
  for (const entry of items(targeting.flexible_spec)) share *= of(members(entry).interests) ?? 1
  // With Advantage audience the platform goes beyond the interests where it sees fit.
  const widened = Number(members(targeting.targeting_automation).advantage_audience ?? 0) === 1
  return { share: widened ? share ** 0.6 : share, interests: used }
}

/** People who search for one of the keywords: rarer the more words one has, never more than one keyword's most. */
function searchShare(keywords: readonly string[]): number {
  if (keywords.length === 0) return 1
  const none = keywords.reduce((rest, keyword) => {
    const words = keyword.split(/\s+/).length
    return rest * (1 - (0.004 + 0.012 * uniform(hashText(`search/${keyword.toLowerCase()}`), 1)) / words)
  }, 1)
  return 1 - none
}

function ageShare(targeting: Fields): number {
  const low = Number(targeting.age_min ?? 18)
  const high = Number(targeting.age_max ?? 65)
  return Math.min(1, Math.max(0.01, (high - low + 1) / 48))
}

const genderShare = (targeting: Fields): number => (items(targeting.genders).length === 1 ? 0.5 : 1)

function customSize(targeting: Fields, things: ReadonlyMap<string, Thing>, at: number): number | undefined {
  const ids = items(targeting.custom_audiences).map((item) => text(members(item).id))
  if (ids.length === 0) return undefined
  const kind: Kind = 'audience'
  return ids.reduce((sum, id) => {
    const thing = things.get(id)
    if (thing?.kind !== kind) return sum
    const fields = fieldsAt(thing, at)
    if (!fields || fields.status === 'DELETED') return sum
    return sum + matchedUsers(thing.key, Number(fields.user_count ?? 0))
  }, 0)
}
