import type { SegmentEvidence, Trait } from '../segment.ts'
import { placeKey, type SegmentedProfile, skillKeys, UNKNOWN } from './features.ts'
import { countValues, normal, ranked } from './normal.ts'
import { mean } from './scale.ts'

const MOST_TRAITS = 10
/** A trait needs this many members, and this part of the segment, before it says anything about it. */
const LEAST_MEMBERS = 2
const LEAST_SHARE = 0.1

/** How many of everybody have each trait, and how each is written; counted once for all segments. */
export interface Population {
  size: number
  skills: Map<string, number>
  places: Map<string, number>
  education: Map<string, number>
  /** Normal form -> the spelling that most people use. */
  spellings: Map<string, string>
  /** Place key -> its city and country where known. */
  located: Map<string, { city?: string; country?: string }>
}

const knownPlaces = (profiles: readonly SegmentedProfile[]): string[] =>
  profiles.map(({ place }) => placeKey(place)).filter((key) => key !== UNKNOWN)

const knownEducation = (profiles: readonly SegmentedProfile[]): string[] =>
  profiles.flatMap(({ educationLevel }) => educationLevel ?? [])

export function populationOf(profiles: readonly SegmentedProfile[]): Population {
  const written = countValues(
    profiles.flatMap(({ skills, place }) => [...skills, ...(place ? [placeLabel(place)] : [])]).filter(Boolean),
  )
  const spellings = new Map<string, string>()
  for (const [text] of ranked(written)) if (!spellings.has(normal(text))) spellings.set(normal(text), text.trim())
  const located: Population['located'] = new Map()
  for (const { place } of profiles)
    if (place)
      located.set(placeKey(place), {
        ...(place.city && { city: spellings.get(normal(place.city)) ?? place.city }),
        ...(place.country && { country: place.country }),
      })
  return {
    size: profiles.length,
    skills: countValues(profiles.flatMap(skillKeys)),
    places: countValues(knownPlaces(profiles)),
    education: countValues(knownEducation(profiles)),
    spellings,
    located,
  }
}

const placeLabel = ({ city, region, country, text }: NonNullable<SegmentedProfile['place']>): string =>
  city ?? region ?? country ?? text

/** How surely a share inside differs from the share of everybody, in standard deviations of a proportion. */
export const surprise = ({ share, overall }: Pick<Trait, 'share' | 'overall'>, size: number): number => {
  const deviation = Math.sqrt((overall * (1 - overall)) / size)
  return deviation > 0 ? (share - overall) / deviation : 0
}

function traits(
  inside: ReadonlyMap<string, number>,
  overall: ReadonlyMap<string, number>,
  size: number,
  population: Population,
): (Trait & { key: string })[] {
  const least = Math.max(LEAST_MEMBERS, Math.ceil(size * LEAST_SHARE))
  return ranked(inside)
    .filter(([, count]) => count >= least)
    .map(([key, count]) => {
      const share = count / size
      const everywhere = (overall.get(key) ?? 0) / population.size
      return { key, value: labelOf(key, population), share, overall: everywhere, lift: share / everywhere }
    })
}

/** "bogota|CO" -> "Bogotá"; "|US" -> "US". */
function labelOf(key: string, { spellings }: Population): string {
  const [narrow = '', country] = key.split('|')
  return spellings.get(narrow) ?? (narrow || country || key)
}

const plain = ({ value, share, overall, lift }: Trait): Trait => ({ value, share, overall, lift })

/**
 * What is known of a segment's members against everybody. Skills come by how surely they set it apart, places and education by how
 * many members have them; shares are of all members, so they add up to less than 1 where values are unknown.
 */
export function evidenceOf(members: readonly SegmentedProfile[], population: Population): SegmentEvidence {
  const size = members.length
  const share = population.size ? size / population.size : 0
  if (size === 0) return { ...EMPTY, share }
  const skills = traits(countValues(members.flatMap(skillKeys)), population.skills, size, population)
  const places = traits(countValues(knownPlaces(members)), population.places, size, population)
  const education = traits(countValues(knownEducation(members)), population.education, size, population)
  const years = members.flatMap(({ yearsExperience }) => yearsExperience ?? [])
  return {
    size,
    share,
    skills: skills
      .toSorted((a, b) => surprise(b, size) - surprise(a, size))
      .slice(0, MOST_TRAITS)
      .map(plain),
    places: places.slice(0, MOST_TRAITS).map((trait) => ({ ...plain(trait), ...population.located.get(trait.key) })),
    education: education.map(plain),
    yearsExperience: years.length ? mean(years) : null,
    ...salaryOf(members),
  }
}

const EMPTY: Omit<SegmentEvidence, 'share'> = {
  size: 0,
  skills: [],
  places: [],
  education: [],
  yearsExperience: null,
  desiredSalaryMinor: null,
  currency: null,
  salaryPeriod: null,
}

/** Mean of the salaries in the most common currency and period: amounts of two kinds have no mean. */
function salaryOf(
  members: readonly SegmentedProfile[],
): Pick<SegmentEvidence, 'desiredSalaryMinor' | 'currency' | 'salaryPeriod'> {
  const salaries = members.flatMap(({ desiredSalary }) => desiredSalary ?? [])
  const kinds = ranked(countValues(salaries.map(({ currency, period }) => `${currency} ${period}`)))
  const alike = salaries.filter(({ currency, period }) => `${currency} ${period}` === kinds[0]?.[0])
  const first = alike[0]
  if (!first) return { desiredSalaryMinor: null, currency: null, salaryPeriod: null }
  return {
    desiredSalaryMinor: mean(alike.map(({ minor }) => minor)),
    currency: first.currency,
    salaryPeriod: first.period,
  }
}
