import { COUNTRIES } from '../data/countries.ts'
import { INTERESTS } from '../data/interests.ts'
import { kilometres } from '../delivery/audience.ts'
import type { Fields } from '../events.ts'
import { items, members, text } from '../world.ts'
import { type GraphError, invalid } from './errors.ts'
import { placeCountries } from './targeting-rules.ts'

/** Kilometres: 15 miles where the place is given in miles, 25 km where it is given in kilometres. */
const LEAST_MILES = 15
const LEAST_KM = 25

/**
 * What ads for jobs, homes and credit may not do: https://www.facebook.com/business/help/2220749868045706. Applied in every
 * country, the careful reading. `countries` are those that the campaign declared.
 */
export function checkSpecialCategory(targeting: Fields, countries: readonly string[]): void {
  const geo = members(targeting.geo_locations)
  if (items(geo.zips).length > 0) throw refused('Postcodes cannot be targeted.')
  if (Object.keys(members(targeting.excluded_geo_locations)).length > 0) throw refused('Places cannot be excluded.')
  if (items(targeting.genders).length > 0) throw refused('Genders cannot be chosen: leave genders out.')
  if (Number(targeting.age_min ?? 18) !== 18 || Number(targeting.age_max ?? 65) !== 65)
    throw refused('Ages cannot be chosen: everyone from 18 to 65+ must be reached.')
  if (targeting.exclusions !== undefined) throw refused('Detailed targeting cannot be excluded.')
  if (items(targeting.excluded_custom_audiences).length > 0) throw refused('Custom audiences cannot be excluded.')
  for (const place of [...items(geo.cities), ...items(geo.custom_locations)].map(members)) {
    const km = kilometres(place)
    const least = text(place.distance_unit) === 'kilometer' ? LEAST_KM : LEAST_MILES * 1.609
    if (km !== undefined && km < least - 0.001)
      throw refused('The radius around a place must be at least 15 miles (25 kilometres).')
  }
  for (const id of interestIds(targeting))
    if (INTERESTS.get(id)?.restricted)
      throw refused(`The interest ${INTERESTS.get(id)?.name} is not available to ads of a special category.`)
  const outside = [...placeCountries(geo)].filter((code) => COUNTRIES.has(code) && !countries.includes(code))
  if (outside.length > 0 || items(geo.country_groups).length > 0)
    throw refused(
      `The ad set shows ads in ${outside.join(', ') || 'the whole world'}, which the campaign's special_ad_category_country does not name.`,
    )
}

export const interestIds = (targeting: Fields): string[] =>
  [targeting, ...items(targeting.flexible_spec).map(members)].flatMap((spec) =>
    items(spec.interests).map((item) => text(members(item).id) || text(item)),
  )

const refused = (say: string): GraphError => invalid(2909034, 'Special Ad Category errors', say, 'targeting')
