import type { SegmentEvidence } from '../segment.ts'
import { countryName } from './country-name.ts'
import { type Population, populationOf, surprise } from './evidence.ts'
import type { SegmentedProfile } from './features.ts'
import { countValues, ranked } from './normal.ts'
import { occupationOf } from './occupation-of.ts'
import { OCCUPATIONS } from './occupations.ts'
import { deviation, mean } from './scale.ts'

export interface Name {
  es: string
  en: string
}

/** What a trait must show before a segment is called after it: how sure the difference is, how many have it, how many more. */
const SURE = 2
const MANY = 0.35
const MORE = 1.25
/** A mean this many deviations from everybody's sets a segment apart. */
const APART = 0.35
const PARTS = 3

interface Named {
  members: readonly SegmentedProfile[]
  evidence: SegmentEvidence
}

/**
 * A name per segment from what sets it apart: field of work or skill, place, seniority, then education and salary. Names are unique;
 * the same segments always get the same names.
 */
export function nameSegments(segments: readonly Named[]): Name[] {
  const everybody = segments.flatMap(({ members }) => members)
  const overall = overallOf(everybody)
  const parts = segments.map((segment) => partsOf(segment, overall))
  const chosen = parts.map(({ main }) => main.slice(0, PARTS))
  for (const kind of SPARE)
    for (const group of twins(chosen.map(join))) {
      const spare = group.map((i) => parts[i]?.spare[kind])
      // What all of them have tells none of them apart.
      if (new Set(spare.map((name) => name?.es)).size > 1)
        for (const [n, i] of group.entries()) chosen[i]?.push(...[spare[n] ?? []].flat())
    }
  const names = chosen.map(join)
  for (const group of twins(names))
    for (const [place, i] of bySize(group, segments).slice(1).entries()) names[i] = numbered(names[i], place + 2)
  return names
}

/** Groups of indices that share a name. */
const twins = (names: readonly Name[]): number[][] =>
  [
    ...Map.groupBy(
      names.map((_, i) => i),
      (i) => names[i]?.es,
    ).values(),
  ].filter((group) => group.length > 1)

const bySize = (group: readonly number[], segments: readonly Named[]): number[] =>
  group.toSorted((a, b) => (segments[b]?.evidence.size ?? 0) - (segments[a]?.evidence.size ?? 0) || a - b)

const numbered = (name: Name | undefined, n: number): Name => ({ es: `${name?.es} ${n}`, en: `${name?.en} ${n}` })

const join = (parts: readonly Name[]): Name => ({
  es: capital(parts.map(({ es }) => es).join(' · ')),
  en: capital(parts.map(({ en }) => en).join(' · ')),
})

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

interface Overall {
  population: Population
  occupations: Map<number | null, number>
  years: { mean: number; deviation: number } | null
  salary: Map<string, { mean: number; deviation: number }>
}

const spread = (values: readonly number[]): { mean: number; deviation: number } => ({
  mean: mean(values),
  deviation: deviation(values),
})

function overallOf(everybody: readonly SegmentedProfile[]): Overall {
  const years = everybody.flatMap(({ yearsExperience }) => yearsExperience ?? [])
  const salaries = Map.groupBy(
    everybody.flatMap(({ desiredSalary }) => desiredSalary ?? []),
    ({ currency, period }) => `${currency} ${period}`,
  )
  return {
    population: populationOf(everybody),
    occupations: countValues(everybody.map(occupationOf)),
    years: years.length ? spread(years) : null,
    salary: new Map([...salaries].map(([kind, of]) => [kind, spread(of.map(({ minor }) => minor))])),
  }
}

/** What may be added where two names are equal, in this order. */
const SPARE = ['more', 'skill', 'place', 'level', 'years'] as const

interface Parts {
  /** The most telling first; never empty. */
  main: Name[]
  spare: Record<(typeof SPARE)[number], Name | undefined>
}

function partsOf(segment: Named, overall: Overall): Parts {
  const { evidence } = segment
  const sure = (trait: { share: number; overall: number }): boolean => isTelling(trait, evidence.size)
  const telling = evidence.skills.filter(sure).map(({ value }) => value)
  const field = fieldOf(segment, overall)
  const [skill] = telling
  const subject = field ?? (skill === undefined ? undefined : { es: `Perfiles de ${skill}`, en: `${skill} profiles` })
  const rest = [
    ...evidence.places.filter(sure).map(placeName),
    ...seniority(evidence, overall),
    ...evidence.education
      .filter(sure)
      .slice(0, 1)
      .map(({ value }) => educationName(value)),
    ...salary(evidence, overall),
  ]
  const main = subject ? [subject, ...rest] : rest.length ? rest : [MIXED]
  const unsaid = (name: Name | undefined): Name | undefined =>
    name && main.slice(0, PARTS).every(({ es }) => es !== name.es) ? name : undefined
  const topSkill = (field ? skill : telling[1]) ?? evidence.skills[0]?.value
  const years = evidence.yearsExperience === null ? undefined : Math.round(evidence.yearsExperience)
  return {
    main,
    spare: {
      more: main[PARTS],
      skill: topSkill === undefined || (!field && topSkill === skill) ? undefined : same(topSkill),
      place: unsaid(evidence.places.slice(0, 1).map(placeName)[0]),
      level: unsaid(level(evidence)[0]),
      years:
        years === undefined ? undefined : { es: `${years} años de experiencia`, en: `${years} years of experience` },
    },
  }
}

const same = (text: string): Name => ({ es: text, en: text })

const isTelling = (trait: { share: number; overall: number }, size: number): boolean =>
  trait.share >= MANY && trait.share >= MORE * trait.overall && surprise(trait, size) >= SURE

const MIXED: Name = { es: 'Perfiles diversos', en: 'Mixed profiles' }

/** The field of work that a segment has more of than everybody. */
function fieldOf({ members, evidence }: Named, { occupations, population }: Overall): Name | undefined {
  const inside = countValues(members.map(occupationOf))
  const best = ranked(new Map([...inside].map(([field, count]) => [String(field).padStart(3, '0'), count])))
    .filter(([field]) => field !== 'null')
    .map(([text, count]) => {
      const field = Number(text)
      return { field, share: count / evidence.size, overall: (occupations.get(field) ?? 0) / population.size }
    })
    .filter((trait) => isTelling(trait, evidence.size))
    .sort((a, b) => surprise(b, evidence.size) - surprise(a, evidence.size))[0]
  const occupation = best && OCCUPATIONS[best.field]
  return occupation && { es: occupation.es, en: occupation.en }
}

const placeName = ({ value, city, country }: SegmentEvidence['places'][number]): Name =>
  city || !country || value !== country
    ? same(value)
    : { es: countryName(country, 'es'), en: countryName(country, 'en') }

const LEVELS: readonly [fromYears: number, name: Name][] = [
  [12, { es: 'experto', en: 'expert' }],
  [6, { es: 'sénior', en: 'senior' }],
  [2.5, { es: 'semisénior', en: 'mid-level' }],
  [0, { es: 'júnior', en: 'junior' }],
]

function level({ yearsExperience }: SegmentEvidence): Name[] {
  const found = yearsExperience === null ? undefined : LEVELS.find(([from]) => yearsExperience >= from)
  return found ? [found[1]] : []
}

function seniority(evidence: SegmentEvidence, { years }: Overall): Name[] {
  if (!years || evidence.yearsExperience === null) return []
  return Math.abs(evidence.yearsExperience - years.mean) >= APART * years.deviation ? level(evidence) : []
}

function salary(evidence: SegmentEvidence, overall: Overall): Name[] {
  const { desiredSalaryMinor, currency, salaryPeriod } = evidence
  const everybody = overall.salary.get(`${currency} ${salaryPeriod}`)
  if (desiredSalaryMinor === null || !everybody) return []
  const apart = (desiredSalaryMinor - everybody.mean) / everybody.deviation
  if (Math.abs(apart) < APART) return []
  return [apart > 0 ? { es: 'salario alto', en: 'higher pay' } : { es: 'salario bajo', en: 'lower pay' }]
}

const EDUCATION: Record<string, Name> = {
  none: { es: 'sin estudios', en: 'no schooling' },
  primary: { es: 'primaria', en: 'primary school' },
  secondary: { es: 'bachillerato', en: 'secondary school' },
  technical: { es: 'formación técnica', en: 'technical training' },
  bachelor: { es: 'título universitario', en: "bachelor's degree" },
  master: { es: 'maestría', en: "master's degree" },
  doctorate: { es: 'doctorado', en: 'doctorate' },
}

const educationName = (value: string): Name => EDUCATION[value] ?? { es: value, en: value }
