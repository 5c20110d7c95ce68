import { hashText } from '../random.ts'
import { CITIES_AMERICAS } from './cities-americas.ts'
import { CITIES_WORLD } from './cities-world.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { plain } from './plain.ts'

export interface City {
  /** Meta's key: stable, a function of country and name. */
  key: string
  name: string
  names: string[]
  country: Country
  region: string
  regionKey: string
  peopleK: number
  latitude: number
  longitude: number
}

export interface Region {
  key: string
  name: string
  country: Country
  peopleK: number
}

const keyOf = (what: string): string => String(100_000 + (hashText(what) % 2_900_000))

export const CITIES: ReadonlyMap<string, City> = new Map(
  `${CITIES_AMERICAS}${CITIES_WORLD}`
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [code = '', rest = ''] = row.split(': ')
      const [names = '', region = '', people = '', latitude = '', longitude = ''] = rest.split('|')
      const all = names.split(';')
      const name = all[0] ?? ''
      const country = COUNTRIES.get(code)
      if (!country) return []
      const city: City = {
        key: keyOf(`city/${code}/${name}`),
        name,
        names: all,
        country,
        region,
        regionKey: regionKey(code, region),
        peopleK: Number(people),
        latitude: Number(latitude),
        longitude: Number(longitude),
      }
      return [[city.key, city] as const]
    }),
)

export const REGIONS: ReadonlyMap<string, Region> = regions()

/** Cities within `km` of a point, nearest first. */
export function citiesNear(latitude: number, longitude: number, km: number): City[] {
  return [...CITIES.values()]
    .map((city) => ({ city, away: distanceKm(city, latitude, longitude) }))
    .filter(({ away }) => away <= km)
    .sort((a, b) => a.away - b.away)
    .map(({ city }) => city)
}

/** Places whose name begins with the query or has a word that does; accents and case do not matter; the biggest first. */
export function searchCities(query: string, countryCode?: string): City[] {
  const wanted = plain(query)
  return [...CITIES.values()]
    .filter((city) => !countryCode || city.country.code === countryCode)
    .filter((city) => city.names.some((name) => startsAWord(plain(name), wanted)))
    .sort((a, b) => rank(b, wanted) - rank(a, wanted) || b.peopleK - a.peopleK)
}

export const searchCountries = (query: string): Country[] =>
  [...COUNTRIES.values()].filter(
    (country) =>
      startsAWord(plain(country.en), plain(query)) ||
      startsAWord(plain(country.es), plain(query)) ||
      country.code.toLowerCase() === plain(query),
  )

export const searchRegions = (query: string, countryCode?: string): Region[] =>
  [...REGIONS.values()].filter(
    (region) => (!countryCode || region.country.code === countryCode) && startsAWord(plain(region.name), plain(query)),
  )

export function distanceKm(city: City, latitude: number, longitude: number): number {
  const rad = Math.PI / 180
  const x = (longitude - city.longitude) * rad * Math.cos(((latitude + city.latitude) / 2) * rad)
  return Math.hypot(x, (latitude - city.latitude) * rad) * 6371
}

const rank = (city: City, wanted: string): number => (city.names.some((name) => plain(name) === wanted) ? 1 : 0)

const startsAWord = (name: string, wanted: string): boolean =>
  wanted !== '' && (name.startsWith(wanted) || name.includes(` ${wanted}`))

function regionKey(code: string, region: string): string {
  return String(1000 + (hashText(`region/${code}/${region}`) % 90_000))
}

function regions(): Map<string, Region> {
  const found = new Map<string, Region>()
  for (const city of CITIES.values()) {
    const known = found.get(city.regionKey)
    const peopleK = (known?.peopleK ?? 0) + city.peopleK * 1.3
    found.set(city.regionKey, { key: city.regionKey, name: city.region, country: city.country, peopleK })
  }
  return found
}
