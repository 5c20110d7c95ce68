import { COUNTRIES, isWorldwide } from '../data/countries.ts'
import { INTERESTS } from '../data/interests.ts'
import { CITIES, REGIONS } from '../data/places.ts'
import { kilometres } from '../delivery/audience.ts'
import type { Account, Fields, Json } from '../events.ts'
import { current, items, members, text } from '../world.ts'
import type { Call } from './call.ts'
import { GraphError, invalid, notImitated, wrongType } from './errors.ts'

const KEYS = [
  'geo_locations',
  'age_min',
  'age_max',
  'genders',
  'interests',
  'flexible_spec',
  'custom_audiences',
  'targeting_automation',
  'locales',
  'publisher_platforms',
  'facebook_positions',
  'instagram_positions',
  'messenger_positions',
  'audience_network_positions',
  'device_platforms',
  'targeting_relaxation_types',
  'brand_safety_content_filter_levels',
]
/** Real, but without effect on the sandbox's delivery: refused unless a special category already forbids them. */
const UNIMITATED = [
  'excluded_geo_locations',
  'excluded_custom_audiences',
  'behaviors',
  'life_events',
  'work_positions',
  'work_employers',
  'education_majors',
  'education_schools',
  'education_statuses',
  'industries',
  'income',
  'relationship_statuses',
  'connections',
  'excluded_connections',
  'user_os',
  'user_device',
]
const GEO_KEYS = ['countries', 'country_groups', 'regions', 'cities', 'custom_locations', 'location_types', 'zips']

/** Refuses a targeting that the platform would refuse. Special categories are checked before this. */
export function checkTargeting(call: Call, account: Account, targeting: Fields): void {
  for (const key of Object.keys(targeting)) {
    if (KEYS.includes(key)) continue
    if (key === 'exclusions')
      throw invalid(
        undefined,
        'Detailed targeting exclusions are no longer available',
        'Remove exclusions: detailed targeting can include interests, not exclude them.',
        'targeting',
      )
    if (UNIMITATED.includes(key)) throw notImitated(`targeting.${key}`)
    throw new GraphError(100, `(#100) Invalid keys "${key}" were found in param "targeting".`, { blame: ['targeting'] })
  }
  checkPlaces(members(targeting.geo_locations))
  checkPeople(targeting)
  checkInterests(targeting.interests)
  for (const entry of items(targeting.flexible_spec)) {
    for (const key of Object.keys(members(entry)))
      if (key !== 'interests') throw notImitated(`targeting.flexible_spec.${key}`)
    checkInterests(members(entry).interests)
  }
  checkAudiences(call, account, targeting)
  if (call.version >= 23) checkAutomation(targeting)
}

/** Whether an ad set shows ads in the EU, so that it must name who profits and who pays. */
export function reachesEu(targeting: Fields): boolean {
  const geo = members(targeting.geo_locations)
  if (isWorldwide(items(geo.country_groups).map(text))) return true
  return [...placeCountries(geo)].some((code) => COUNTRIES.get(code)?.eu)
}

/** The countries in which a targeting shows ads. */
export function placeCountries(geo: Fields): Set<string> {
  const found = new Set(items(geo.countries).map(text))
  for (const item of items(geo.cities)) {
    const city = CITIES.get(text(members(item).key))
    if (city) found.add(city.country.code)
  }
  for (const item of items(geo.regions)) {
    const region = REGIONS.get(text(members(item).key))
    if (region) found.add(region.country.code)
  }
  for (const item of items(geo.custom_locations)) {
    const country = text(members(item).country)
    if (country) found.add(country)
  }
  return found
}

function checkPlaces(geo: Fields): void {
  for (const key of Object.keys(geo))
    if (!GEO_KEYS.includes(key))
      throw new GraphError(100, `(#100) Invalid keys "${key}" were found in param "targeting[geo_locations]".`)
  if (items(geo.zips).length > 0) throw notImitated('targeting.geo_locations.zips')
  const named = ['countries', 'country_groups', 'regions', 'cities', 'custom_locations'].filter(
    (key) => items(geo[key]).length > 0,
  )
  if (named.length === 0)
    throw invalid(1885364, 'Missing location', 'Your ad set must target at least one location.', 'targeting')
  for (const group of items(geo.country_groups))
    if (text(group) !== 'worldwide') throw notImitated(`country_groups ${text(group)}`)
  for (const code of items(geo.countries)) if (!COUNTRIES.has(text(code))) throw unknownPlace('country', text(code))
  for (const item of items(geo.regions)) {
    if (!REGIONS.has(text(members(item).key))) throw unknownPlace('region', text(members(item).key))
    if (members(item).radius !== undefined)
      throw invalid(1487079, 'Invalid radius', 'A radius can be set around cities only, not regions.', 'targeting')
  }
  for (const item of items(geo.cities)) {
    if (!CITIES.has(text(members(item).key))) throw unknownPlace('city', text(members(item).key))
    checkRadius(members(item), 16, 81, 'Cities take a radius of 10 to 50 miles (17 to 80 kilometres).')
  }
  for (const item of items(geo.custom_locations)) {
    const { latitude, longitude } = members(item)
    if (!Number.isFinite(Number(latitude)) || !Number.isFinite(Number(longitude)))
      throw wrongType('targeting[geo_locations][custom_locations]', 'places with latitude and longitude')
    checkRadius(members(item), 1, 81, 'Places take a radius of 1 to 50 miles (1 to 80 kilometres).')
  }
  checkOverlap(geo)
}

function checkRadius(place: Fields, least: number, most: number, say: string): void {
  const unit = text(place.distance_unit)
  if (unit && unit !== 'mile' && unit !== 'kilometer')
    throw wrongType('targeting[geo_locations][distance_unit]', 'mile or kilometer')
  const km = kilometres(place)
  if (place.radius === undefined) return
  if (km === undefined || km < least || km > most) throw invalid(1487079, 'Invalid radius', say, 'targeting')
}

function checkOverlap(geo: Fields): void {
  const countries = new Set(items(geo.countries).map(text))
  const narrower = placeCountries({ ...geo, countries: [] })
  const both = [...narrower].find((code) => countries.has(code))
  if (both)
    throw invalid(
      1487756,
      'Some of your locations overlap',
      `A place lies within ${COUNTRIES.get(both)?.en}, which is targeted too. Keep one of them.`,
      'targeting',
    )
}

function checkPeople(targeting: Fields): void {
  const low = targeting.age_min === undefined ? 18 : Number(targeting.age_min)
  const high = targeting.age_max === undefined ? 65 : Number(targeting.age_max)
  if (!Number.isInteger(low) || low < 13 || low > 65) throw wrongType('targeting[age_min]', 'between 13 and 65')
  if (!Number.isInteger(high) || high < low || high > 65)
    throw wrongType('targeting[age_max]', 'between age_min and 65')
  for (const gender of items(targeting.genders))
    if (Number(gender) !== 1 && Number(gender) !== 2) throw wrongType('targeting[genders]', 'a list of 1 and 2')
}

function checkInterests(list: Json | undefined): void {
  for (const item of items(list)) {
    const id = text(members(item).id) || text(item)
    if (!INTERESTS.has(id))
      throw invalid(
        1487694,
        'The category that you selected is no longer available',
        `Interest ${id} does not exist. Look interests up with GET /search?type=adinterest.`,
        'targeting',
      )
  }
}

function checkAudiences(call: Call, account: Account, targeting: Fields): void {
  for (const item of items(targeting.custom_audiences)) {
    const id = text(members(item).id)
    const audience = call.world.things.get(id)
    if (audience?.kind !== 'audience' || audience.account !== account.id || current(audience).status === 'DELETED')
      throw invalid(
        1487301,
        'Custom audience unavailable',
        `The custom audience ${id} was deleted or does not belong to this ad account.`,
        'targeting',
      )
  }
}

/** Since v23 every new ad set says whether the platform may go beyond the audience. */
function checkAutomation(targeting: Fields): void {
  const flag = members(targeting.targeting_automation).advantage_audience
  if (flag === undefined)
    throw invalid(
      1870227,
      'Advantage Audience Flag Required',
      'To create your ad set, you need to enable or disable the Advantage audience feature: set advantage_audience to 1 or 0 within targeting_automation in the targeting spec.',
      'targeting',
    )
  if (flag !== 0 && flag !== 1 && flag !== '0' && flag !== '1')
    throw invalid(1870196, 'Invalid targeting automation', 'advantage_audience must be 0 or 1.', 'targeting')
  if (Number(flag) === 1 && Number(targeting.age_max ?? 65) < 65)
    throw invalid(
      1870189,
      'Maximum age is below threshold',
      'With Advantage audience on, the maximum age cannot be set below 65.',
      'targeting',
    )
}

const unknownPlace = (kind: string, key: string): GraphError =>
  invalid(1487479, 'Invalid location', `There is no ${kind} "${key}". Look places up with GET /search.`, 'targeting')
