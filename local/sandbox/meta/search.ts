import { COUNTRIES } from '../data/countries.ts'
import { INTERESTS, type Interest, interestNamed, searchInterests } from '../data/interests.ts'
import { CITIES, type City, REGIONS, searchCities, searchCountries, searchRegions } from '../data/places.ts'
import type { Json } from '../events.ts'
import { items, text } from '../world.ts'
import type { Call } from './call.ts'
import { GraphError, notImitated, required, wrongValue } from './errors.ts'
import { limitOf, type Page, page } from './list.ts'
import { stringOf } from './values.ts'

type Found = { [field: string]: Json }

/** GET /search: https://developers.facebook.com/docs/marketing-api/audiences/reference/targeting-search */
export function search(call: Call): Page {
  const type = stringOf(call.params, 'type')
  if (!type) throw new GraphError(100, '(#100) The parameter type is required', { blame: ['type'] })
  switch (type) {
    case 'adgeolocation':
      return paged(call, geolocations(call))
    case 'adinterest':
      return paged(call, searchInterests(query(call)).map(interestFound))
    case 'adinterestsuggestion':
      return paged(call, suggestions(call))
    case 'adinterestvalid':
      return paged(call, validInterests(call))
    case 'adTargetingCategory':
      return paged(call, categories(call))
    case 'adcountry':
      return paged(
        call,
        searchCountries(query(call)).map((country) => ({
          country_code: country.code,
          name: country.en,
          type: 'country',
        })),
      )
    default:
      throw notImitated(`Search for ${type}`)
  }
}

const paged = (call: Call, found: Found[]): Page =>
  page(
    { ...call, params: { ...call.params, limit: limitOf(call, 25) } },
    found,
    (item) => text(item.key ?? item.id ?? item.country_code),
    (item) => item,
  )

function query(call: Call): string {
  const q = stringOf(call.params, 'q')
  if (!q) throw required('q')
  return q
}

function geolocations(call: Call): Found[] {
  const types = items(call.params.location_types).map(text)
  const allowed = ['country', 'region', 'city', 'zip', 'geo_market', 'electoral_district', 'country_group']
  for (const type of types) if (!allowed.includes(type)) throw wrongValue('location_types', allowed)
  const wants = (type: string): boolean => types.length === 0 || types.includes(type)
  const country = stringOf(call.params, 'country_code')
  const q = query(call)
  return [
    ...(wants('country')
      ? searchCountries(q)
          .filter(({ code }) => !country || code === country)
          .map(({ code, en }) => ({
            key: code,
            name: en,
            type: 'country',
            country_code: code,
            country_name: en,
            supports_region: true,
            supports_city: true,
          }))
      : []),
    ...(wants('region')
      ? searchRegions(q, country).map((region) => ({
          key: region.key,
          name: region.name,
          type: 'region',
          country_code: region.country.code,
          country_name: region.country.en,
          supports_region: true,
          supports_city: true,
        }))
      : []),
    ...(wants('city') ? searchCities(q, country).map(cityFound) : []),
  ]
}

const cityFound = (city: City): Found => ({
  key: city.key,
  name: city.name,
  type: 'city',
  country_code: city.country.code,
  country_name: city.country.en,
  region: city.region,
  region_id: Number(city.regionKey),
  supports_region: true,
  supports_city: true,
})

function interestFound(interest: Interest): Found {
  const world = [...COUNTRIES.values()].reduce((sum, country) => sum + country.reachK * 1000, 0)
  const size = Math.round(interest.share * world)
  return {
    id: interest.id,
    name: interest.name,
    audience_size_lower_bound: size,
    audience_size_upper_bound: Math.round(size * 1.18),
    path: ['Interests', interest.topic, interest.name],
    topic: interest.topic,
    description: '',
  }
}

function suggestions(call: Call): Found[] {
  const named = items(call.params.interest_list).map(text)
  if (named.length === 0) throw required('interest_list')
  const known = named.flatMap((name) => interestNamed(name) ?? [])
  const topics = new Set(known.map((interest) => interest.topic))
  return [...INTERESTS.values()]
    .filter((interest) => topics.has(interest.topic) && !known.includes(interest))
    .sort((a, b) => b.share - a.share)
    .map(interestFound)
}

/** Each asked name or id with whether it may be used. */
function validInterests(call: Call): Found[] {
  const ids = items(call.params.interest_fbid_list).map(text)
  const named = items(call.params.interest_list).map(text)
  if (ids.length + named.length === 0) throw required('interest_list')
  const answer = (asked: string, interest: Interest | undefined): Found =>
    interest ? { ...interestFound(interest), valid: true } : { id: '', name: asked, valid: false }
  return [...ids.map((id) => answer(id, INTERESTS.get(id))), ...named.map((name) => answer(name, interestNamed(name)))]
}

function categories(call: Call): Found[] {
  const wanted = stringOf(call.params, 'class') ?? 'interests'
  if (wanted !== 'interests') throw notImitated(`Targeting categories of the class ${wanted}`)
  return [...INTERESTS.values()].map((interest) => ({ ...interestFound(interest), type: 'interests' }))
}

/** GET /search?type=adgeolocationmeta, and what is needed to check keys kept from before. */
export function geolocationMeta(call: Call): Json {
  const cities = items(call.params.cities).map(text)
  const regions = items(call.params.regions).map(text)
  const countries = items(call.params.countries).map(text)
  return {
    data: {
      cities: Object.fromEntries(
        cities.flatMap((key) => {
          const city = CITIES.get(key)
          return city ? [[key, cityFound(city)]] : []
        }),
      ),
      regions: Object.fromEntries(
        regions.flatMap((key) => {
          const region = REGIONS.get(key)
          return region ? [[key, { key, name: region.name, type: 'region', country_code: region.country.code }]] : []
        }),
      ),
      countries: Object.fromEntries(
        countries.flatMap((key) => {
          const country = COUNTRIES.get(key)
          return country ? [[key, { key, name: country.en, type: 'country', country_code: key }]] : []
        }),
      ),
    },
  }
}
