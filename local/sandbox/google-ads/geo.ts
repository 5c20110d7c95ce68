import { COUNTRIES, type Country } from '../data/countries.ts'
import { CITIES, type City, searchCities, searchCountries } from '../data/places.ts'

/** A place that a campaign can be shown in. */
export interface GeoTarget {
  id: string
  name: string
  countryCode: string
  targetType: 'City' | 'Country'
  canonicalName: string
  /** Thousands of people. */
  reachK: number
  /** Meta's key of the city: what delivery knows places by. */
  cityKey: string | null
}

/** Ids of the sandbox's own: a function of the country's code and of the city's key, so that they never change. */
const countryId = (code: string): string => String(2000 + (code.charCodeAt(0) - 65) * 26 + code.charCodeAt(1) - 65)
const cityId = (key: string): string => `1${key.padStart(7, '0')}`

const ofCountry = (country: Country): GeoTarget => ({
  id: countryId(country.code),
  name: country.en,
  countryCode: country.code,
  targetType: 'Country',
  canonicalName: country.en,
  reachK: country.reachK,
  cityKey: null,
})
const ofCity = (city: City): GeoTarget => ({
  id: cityId(city.key),
  name: city.name,
  countryCode: city.country.code,
  targetType: 'City',
  canonicalName: `${city.name},${city.region},${city.country.en}`,
  reachK: city.peopleK,
  cityKey: city.key,
})

export const GEO_TARGETS: ReadonlyMap<string, GeoTarget> = new Map(
  [...[...COUNTRIES.values()].map(ofCountry), ...[...CITIES.values()].map(ofCity)].map((place) => [place.id, place]),
)

/** The best matches for one name, biggest first. */
export const suggestPlaces = (name: string, countryCode: string | undefined): GeoTarget[] => [
  ...searchCountries(name)
    .filter(({ code }) => countryCode === undefined || code === countryCode)
    .map(ofCountry),
  ...searchCities(name, countryCode).map(ofCity),
]

/** languageConstants of the platform. */
export const LANGUAGES: ReadonlySet<string> = new Set(['1000', '1001', '1002', '1003', '1004', '1014'])
