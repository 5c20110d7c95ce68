import type { Place } from '../job.ts'
import { countryCode } from './country.ts'
import { remoteKind } from './employment.ts'
import { clip } from './text.ts'
import { isUsStateCode, isUsStateName } from './us-states.ts'

interface Parts {
  text?: string | null | undefined
  city?: string | null | undefined
  region?: string | null | undefined
  /** Name or code. */
  country?: string | null | undefined
}

/** A place from a source's own parts; undefined where they say nothing. */
export function placeOf({ text, city, region, country }: Parts): Place | undefined {
  const code = countryCode(country)
  const written = [text, [city, region, country].filter(Boolean).join(', ')].find((each) => each?.trim())
  if (!written) return undefined
  const named = (each: string | null | undefined, field: 'city' | 'region') =>
    each?.trim() ? { [field]: clip(each, 120) } : {}
  return {
    text: clip(written, 300),
    ...named(city, 'city'),
    ...named(region, 'region'),
    ...(code && { country: code }),
  }
}

/**
 * Reads "Remote, Italy", "New York, New York", "Berlin, Berlin, Germany", "St. Louis, MO". It never guesses: a last part that names
 * both a country and a state ("Denver, CO", "Atlanta, Georgia") is kept as the region, without a country.
 */
export function placeFromText(raw: string | null | undefined, countryHint?: string | null): Place | undefined {
  const text = clip(raw ?? '', 300)
  if (!text) return undefined
  const place = readText(text)
  const hint = place.country ? undefined : countryCode(countryHint)
  return hint ? { ...place, country: hint } : place
}

/** A board's one text for several places ("New York, NY; London, UK"); an office that names the country of a lone place helps. */
export function placesFromText(raw: string | null | undefined, offices: readonly string[] = []): Place[] {
  const texts = (raw ?? '').split(/;|\|| or | o (?=\p{Lu})/u).filter((text) => text.trim())
  const countries = new Set(offices.flatMap((office) => countryCode(office) ?? []))
  const hint = texts.length === 1 && countries.size === 1 ? [...countries][0] : undefined
  return texts.flatMap((text) => placeFromText(text, hint) ?? [])
}

function readText(text: string): Place {
  const parts = text
    .replace(/\(.*?\)/g, ' ')
    .split(/[,|·;]|\s[-–—/]\s/)
    .map((part) => part.trim())
    .filter((part) => part && !isRemoteWord(part))
  const last = parts.at(-1)
  if (!last) return { text }
  if (parts.length === 1) {
    const country = countryCode(last)
    return country ? { text, country } : /\d+ locations?$/i.test(last) ? { text } : { text, ...cityOf(last) }
  }
  const state = isUsStateCode(last) || isUsStateName(last)
  const country = countryCode(last)
  const [city = ''] = parts
  if (state) return { text, ...cityOf(city), region: last, ...(country ? {} : { country: 'US' }) }
  if (!country) return { text, ...cityOf(city), region: last.slice(0, 120) }
  const region = parts.length > 2 ? parts[1] : undefined
  return { text, ...cityOf(city), ...(region && { region: region.slice(0, 120) }), country }
}

/** Areas that are no city: an ad cannot be aimed at one by that name. */
const AREAS =
  /^(europe|emea|apac|latam|latin america|north america|americas|worldwide|anywhere|global|european union|asia)$/i

const cityOf = (text: string): { city?: string } => (AREAS.test(text) ? {} : { city: text.slice(0, 120) })
const isRemoteWord = (part: string): boolean =>
  remoteKind(part) !== null &&
  part
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .split(' ').length <= 2
