import { z } from 'zod'
import type { SegmentTargeting } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import type { Segment } from '#domain/segment.ts'
import type { Brief } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'
import { quoted } from './gaql.ts'
import { keywordsFor } from './keywords.ts'
import type { Constant, Keyword } from './tree.ts'

const MOST_CITIES = 10
const MOST_SKILLS = 12
/** A trait must set the segment apart to be worth targeting. */
const MIN_LIFT = 1.05
/** Names in one look-up of places. */
const NAMES_PER_CALL = 25

const Suggested = z.object({
  geo_target_constant_suggestions: z
    .array(
      z.object({
        search_term: z.string(),
        geo_target_constant: z.object({
          resource_name: z.string(),
          name: z.string(),
          country_code: z.string(),
          target_type: z.string(),
        }),
      }),
    )
    .default([]),
})
const CountryRow = z.object({
  geoTargetConstant: z.object({ id: z.coerce.string(), name: z.string(), countryCode: z.string() }),
})

/** languageConstants: https://developers.google.com/google-ads/api/data/codes-formats#languages */
const LANGUAGES: Record<string, Constant> = { en: { id: '1000', name: 'English' }, es: { id: '1003', name: 'Spanish' } }

/** The job's own language, where it is one that the ad is written in; none = searches in every language. */
export const languagesFor = (language: string | null): Constant[] => {
  const found = LANGUAGES[(language ?? '').slice(0, 2).toLowerCase()]
  return found ? [found] : []
}

export interface AdGroupTargeting {
  /** Null: everybody in the campaign's countries. */
  segment: Segment | null
  places: Constant[]
  keywords: Keyword[]
  skills: string[]
  cities: string[]
  explained: SegmentTargeting
}

/**
 * What the campaign's segments become: places and searches, from their evidence alone. Never age, gender or postcode (Google Ads policy,
 * personalised advertising: employment). Without segments: the job's own words in the campaign's countries.
 */
export async function targetingFor(api: AdsApi, brief: Brief, language: 'es' | 'en'): Promise<AdGroupTargeting[]> {
  const { campaign, job, segments } = brief
  const countries = await countriesOf(api, campaign.countries)
  if (segments.length === 0) {
    const cities = job.places.flatMap(({ city }) => city ?? [])
    const { keywords } = keywordsFor({ language, title: job.title, skills: job.skills.slice(0, MOST_SKILLS), cities })
    const explained: SegmentTargeting = { segment: null, name: null, became: [], leftOut: [] }
    explained.became.push(...asCountries(campaign.countries))
    for (const { text } of keywords) explained.became.push({ kind: 'keyword', name: text, from: 'job' })
    return [{ segment: null, places: countries, keywords, skills: [...job.skills], cities, explained }]
  }
  const found = await citiesOf(api, segments, campaign.countries, language)
  return segments.map((segment) => segmentTargeting(segment, brief, language, countries, found))
}

function segmentTargeting(
  segment: Segment,
  { campaign, job }: Brief,
  language: 'es' | 'en',
  countries: readonly Constant[],
  found: ReadonlyMap<string, Constant>,
): AdGroupTargeting {
  const explained: SegmentTargeting = { segment: segment.id, name: segment.name, became: [], leftOut: [] }
  const places = new Map<string, Constant>()
  for (const place of telling(segment)) {
    const known = found.get(plain(place.city ?? place.value))
    if (place.country && !campaign.countries.includes(place.country))
      explained.leftOut.push({ trait: place.value, why: 'outside the campaign’s countries' })
    else if (!known) explained.leftOut.push({ trait: place.value, why: 'Google knows no such city there' })
    else if (!places.has(known.id)) {
      places.set(known.id, known)
      explained.became.push({ kind: 'city', name: known.name, from: place.value })
    }
  }
  if (places.size === 0) explained.became.push(...asCountries(campaign.countries))
  const skills = segment.evidence.skills
    .filter(({ lift }) => lift >= MIN_LIFT)
    .slice(0, MOST_SKILLS)
    .map(({ value }) => value)
  const cities = [...places.values()].map(({ name }) => name)
  const { keywords, unusable } = keywordsFor({ language, title: job.title, skills, cities })
  for (const { text } of keywords) {
    const skill = skills.find((each) => text.includes(each.toLowerCase()))
    explained.became.push({ kind: 'keyword', name: text, from: skill ?? 'job' })
  }
  for (const trait of unusable) explained.leftOut.push({ trait, why: 'no search can be made of it' })
  for (const { value } of segment.evidence.education)
    explained.leftOut.push({ trait: value, why: 'employment ads may not target education' })
  return {
    segment,
    places: places.size > 0 ? [...places.values()] : [...countries],
    keywords,
    skills,
    cities,
    explained,
  }
}

const asCountries = (codes: readonly string[]): SegmentTargeting['became'] =>
  codes.map((name) => ({ kind: 'country', name, from: 'campaign' }))

const telling = ({ evidence }: Segment) => evidence.places.filter(({ lift }) => lift >= MIN_LIFT).slice(0, MOST_CITIES)

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** One look-up per country for the places of all segments. */
async function citiesOf(
  api: AdsApi,
  segments: readonly Segment[],
  countries: readonly string[],
  language: string,
): Promise<Map<string, Constant>> {
  const names = [...new Set(segments.flatMap((segment) => telling(segment).map(({ city, value }) => city ?? value)))]
  const found = new Map<string, Constant>()
  for (const country of names.length > 0 ? countries : [])
    for (let i = 0; i < names.length; i += NAMES_PER_CALL) {
      const part = names.slice(i, i + NAMES_PER_CALL)
      const { geo_target_constant_suggestions: suggested } = Suggested.parse(await api.suggest(part, country, language))
      for (const { search_term: term, geo_target_constant: place } of suggested) {
        const fits = place.target_type === 'City' && place.country_code === country
        if (fits && !found.has(plain(term)))
          found.set(plain(term), { id: place.resource_name.split('/').at(-1) ?? '', name: place.name })
      }
    }
  return found
}

async function countriesOf(api: AdsApi, codes: readonly string[]): Promise<Constant[]> {
  const gaql = `SELECT geo_target_constant.id, geo_target_constant.name, geo_target_constant.country_code FROM geo_target_constant WHERE geo_target_constant.target_type = 'Country' AND geo_target_constant.country_code IN (${codes.map(quoted).join(', ')})`
  const found = new Map<string, Constant>()
  for await (const row of api.rows(gaql)) {
    const { id, name, countryCode } = CountryRow.parse(row).geoTargetConstant
    found.set(countryCode, { id, name })
  }
  return codes.map((code) => {
    const country = found.get(code)
    if (!country)
      throw new PlatformFailure('refusal', `Google Ads shows no ads in ${code}`, {
        userMessage: `Google Ads knows no country ${code}: take it out of the campaign.`,
      })
    return country
  })
}
