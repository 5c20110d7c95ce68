import { z } from 'zod'
import { placeKey, type SegmentedProfile, skillKey, skillKeys, UNKNOWN, yearly } from './features.ts'
import { countValues, ranked } from './normal.ts'
import { fitScale, Scale, scaled } from './scale.ts'

/** Columns of one category at most; what is rarer counts as a category never seen. Keeps a model within one document. */
const MAX_CATEGORIES = 200
const MAX_TERMS = 100

/**
 * What turns a profile into a row: years and salary (median for unknown, standardised), place, education and primary skill (a column
 * per category, unknown among them), skills as TF-IDF. Learnt once by a training and kept with its model.
 */
export const Encoder = z.object({
  years: Scale,
  /** Salaries of two currencies are compared by their standing within their own; the first is the most common one. */
  salaries: z.array(z.object({ currency: z.string(), scale: Scale })),
  places: z.array(z.string()),
  educations: z.array(z.string()),
  primarySkills: z.array(z.string()),
  terms: z.array(z.object({ term: z.string(), idf: z.number() })),
})
export type Encoder = z.infer<typeof Encoder>

export function fitEncoder(profiles: readonly SegmentedProfile[]): Encoder {
  return {
    years: fitScale(profiles.map((profile) => profile.yearsExperience)),
    salaries: fitSalaries(profiles),
    places: categories(profiles.map((profile) => placeKey(profile.place))),
    educations: categories(profiles.map((profile) => profile.educationLevel ?? UNKNOWN)),
    primarySkills: categories(profiles.map((profile) => skillKey(profile.primarySkill))),
    terms: fitTerms(profiles),
  }
}

/** Unknown salaries take the median of the most common currency. */
function fitSalaries(profiles: readonly SegmentedProfile[]): Encoder['salaries'] {
  const byCurrency = Map.groupBy(profiles, (profile) => profile.desiredSalary?.currency ?? null)
  const unknown: (number | null)[] = (byCurrency.get(null) ?? []).map(() => null)
  const sizes = new Map([...byCurrency].flatMap(([currency, of]) => (currency ? [[currency, of.length] as const] : [])))
  return ranked(sizes).map(([currency], place) => {
    const known = (byCurrency.get(currency) ?? []).map(({ desiredSalary }) => desiredSalary && yearly(desiredSalary))
    return { currency, scale: fitScale(place === 0 ? [...known, ...unknown] : known) }
  })
}

const categories = (values: readonly string[]): string[] =>
  ranked(countValues(values))
    .slice(0, MAX_CATEGORIES)
    .map(([value]) => value)
    .sort()

/** Smoothed inverse document frequency: ln((1 + n) / (1 + df)) + 1. */
function fitTerms(profiles: readonly SegmentedProfile[]): Encoder['terms'] {
  return ranked(countValues(profiles.flatMap(skillKeys)))
    .slice(0, MAX_TERMS)
    .map(([term, df]) => ({ term, idf: Math.log((1 + profiles.length) / (1 + df)) + 1 }))
    .sort((a, b) => (a.term < b.term ? -1 : 1))
}

/** The names of a row's columns, in their order. */
export const columns = (encoder: Encoder): string[] => [
  'years',
  'salary',
  ...encoder.places.map((value) => `place=${value}`),
  ...encoder.educations.map((value) => `education=${value}`),
  ...encoder.primarySkills.map((value) => `primarySkill=${value}`),
  ...encoder.terms.map(({ term }) => `skill=${term}`),
]

/** A category or skill that the training did not see leaves its columns at zero. */
export function encode(encoder: Encoder): (profile: SegmentedProfile) => number[] {
  const place = oneHot(encoder.places)
  const education = oneHot(encoder.educations)
  const primarySkill = oneHot(encoder.primarySkills)
  const skills = tfidf(encoder.terms)
  return (profile) => [
    scaled(encoder.years, profile.yearsExperience),
    salaryFeature(encoder.salaries, profile.desiredSalary),
    ...place(placeKey(profile.place)),
    ...education(profile.educationLevel ?? UNKNOWN),
    ...primarySkill(skillKey(profile.primarySkill)),
    ...skills(skillKeys(profile)),
  ]
}

function salaryFeature(salaries: Encoder['salaries'], salary: SegmentedProfile['desiredSalary']): number {
  const own = salary && salaries.find(({ currency }) => currency === salary.currency)
  if (salary && own) return scaled(own.scale, yearly(salary))
  return salaries[0] ? scaled(salaries[0].scale, null) : 0
}

const indexOf = (values: readonly string[]): Map<string, number> => new Map(values.map((value, i) => [value, i]))

function oneHot(values: readonly string[]): (value: string) => number[] {
  const index = indexOf(values)
  return (value) => {
    const row = new Array<number>(values.length).fill(0)
    const at = index.get(value)
    if (at !== undefined) row[at] = 1
    return row
  }
}

/** Of length 1, or zero where no skill is known. */
function tfidf(terms: Encoder['terms']): (keys: readonly string[]) => number[] {
  const index = indexOf(terms.map(({ term }) => term))
  return (keys) => {
    const row = new Array<number>(terms.length).fill(0)
    for (const key of keys) {
      const at = index.get(key)
      if (at !== undefined) row[at] = terms[at]?.idf ?? 0
    }
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1
    return row.map((value) => value / length)
  }
}
