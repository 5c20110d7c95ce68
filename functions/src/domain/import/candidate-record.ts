import type { CandidateProfile, ContactDetails } from '../candidate.ts'
import { countryCode } from '../ingest/country.ts'
import { salaryPeriod } from '../ingest/money-text.ts'
import { placeFromText, placeOf } from '../ingest/place.ts'
import { clip } from '../ingest/text.ts'
import type { CandidateField, Column } from './columns.ts'
import { type ConsentGiven, readConsents } from './consents.ts'
import { readEmail, readName, readPhone } from './contact.ts'
import { readEducation } from './education.ts'
import { isCurrency, readSalary } from './salary.ts'
import { listOf, quoted, type Read, read, textOf, unread } from './value.ts'
import { readYears } from './years.ts'

/** One candidate as a source tells it: only the fields that it speaks of. */
export interface CandidateRecord {
  externalId: string | null
  profile: Partial<Omit<CandidateProfile, 'externalId'>>
  contact: Partial<ContactDetails> | null
  consents: ConsentGiven[]
}

/** `at` is the column. */
export interface ColumnProblem {
  at: string
  message: string
  remedy: string
}

/** What holds where the record itself does not say: the organisation's currency, and wages a month. */
export interface Assumed {
  currency: string
}

export type MappedCandidate = { record: CandidateRecord } | { problems: ColumnProblem[] }

/** Reads one record. A value that is not understood rejects it, naming its column; an absent one is unknown. */
export function mapCandidate(
  raw: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  assumed: Assumed,
): MappedCandidate {
  const source = sourceOf(raw, columns)
  const profile = profileOf(source, assumed)
  const contact = contactOf(source, profile.place?.country)
  const record: CandidateRecord = {
    externalId: source.take('externalId', readText(source.value('externalId'), 500), null),
    profile,
    contact,
    consents: source.take(
      'consents',
      readConsents(
        source.value('consents'),
        source.value('consentText') ?? source.column('consents')?.textVersion,
        source.value('consentAt'),
      ),
      [],
    ),
  }
  if (source.problems.length > 0) return { problems: source.problems }
  return saysNothing(record) ? { problems: [NOTHING_SAID] } : { record }
}

const NOTHING_SAID: ColumnProblem = {
  at: '',
  message: 'the record says nothing about a candidate',
  remedy: 'Fill in a profile field or a contact, or map its columns.',
}

const saysNothing = ({ profile, contact }: CandidateRecord): boolean =>
  contact === null && Object.values(profile).every((value) => value === null || (Array.isArray(value) && !value.length))

type Source = ReturnType<typeof sourceOf>

/** A record's values by field. */
function sourceOf(raw: Readonly<Record<string, unknown>>, columns: readonly Column[]) {
  const problems: ColumnProblem[] = []
  const present = columns.filter(({ name }) => Object.hasOwn(raw, name))
  const column = (field: CandidateField): Column | undefined => present.find((each) => each.field === field)
  return {
    problems,
    column,
    columns: (field: CandidateField): Column[] => present.filter((each) => each.field === field),
    value: (field: CandidateField): unknown => raw[column(field)?.name ?? ''],
    cell: ({ name }: Column): unknown => raw[name],
    speaksOf: (...fields: CandidateField[]): boolean => fields.some((field) => column(field) !== undefined),
    take<T>(field: CandidateField, result: Read<T>, otherwise: T): T {
      if ('value' in result) return result.value
      problems.push({ at: column(field)?.name ?? field, ...result.unread })
      return otherwise
    },
  }
}

function profileOf(source: Source, assumed: Assumed): CandidateRecord['profile'] {
  const { value, take, speaksOf, column } = source
  const profile: CandidateRecord['profile'] = {}
  if (speaksOf('place', 'city', 'region', 'country')) profile.place = take('place', readPlace(source), null)
  if (speaksOf('yearsExperience'))
    profile.yearsExperience = take(
      'yearsExperience',
      readYears(value('yearsExperience'), column('yearsExperience')?.unit),
      null,
    )
  if (speaksOf('educationLevel'))
    profile.educationLevel = take('educationLevel', readEducation(value('educationLevel')), null)
  if (speaksOf('primarySkill')) profile.primarySkill = take('primarySkill', readText(value('primarySkill'), 100), null)
  if (speaksOf('skills')) profile.skills = take('skills', readSkills(source), [])
  if (speaksOf('desiredSalary')) profile.desiredSalary = take('desiredSalary', readPay(source, assumed), null)
  if (speaksOf('desiredPosition'))
    profile.desiredPosition = take('desiredPosition', readText(value('desiredPosition'), 200), null)
  if (speaksOf('languages')) profile.languages = take('languages', readList(listOf(value('languages')), 20, 35), [])
  if (speaksOf('availability')) profile.availability = take('availability', readText(value('availability'), 100), null)
  return profile
}

function contactOf(source: Source, country: string | undefined): CandidateRecord['contact'] {
  const { value, take, speaksOf } = source
  const contact: Partial<ContactDetails> = {}
  if (speaksOf('name')) contact.name = take('name', readName(value('name'), null), null)
  else if (speaksOf('firstName', 'lastName'))
    contact.name = take('firstName', readName(value('firstName'), value('lastName')), null)
  if (speaksOf('email')) contact.email = take('email', readEmail(value('email')), null)
  if (speaksOf('phone')) contact.phone = take('phone', readPhone(value('phone'), country), null)
  return Object.values(contact).some((detail) => detail !== null) ? contact : null
}

function readText(value: unknown, longest: number): Read<string | null> {
  const text = textOf(value)
  if (text !== null && text.length > longest)
    return unread(`${quoted(text)} is longer than ${longest} characters`, 'Shorten it.')
  return read(text === null ? null : clip(text, longest))
}

function readList(items: readonly string[], most: number, longest: number): Read<string[]> {
  const long = items.find((item) => item.length > longest)
  if (long !== undefined)
    return unread(`${quoted(long)} is longer than ${longest} characters`, 'Separate items with commas or semicolons.')
  const once = [...new Set(items.map((item) => clip(item, longest)).filter((item) => item !== ''))]
  return once.length > most
    ? unread(`${once.length} items are more than ${most}`, 'Keep the most telling ones.')
    : read(once)
}

const YES = /^(1|1\.0|true|yes|y|s[ií]|x|✓)$/i
const NO = /^(0|0\.0|false|no|n)$/i

/** A list, or a column per skill with yes or no in it: then its name is the skill. "Python:24" loses the months behind it. */
function readSkills(source: Source): Read<string[]> {
  const skills = source.columns('skills').flatMap((column) => {
    const text = textOf(source.cell(column))
    if (text === null || NO.test(text)) return []
    if (YES.test(text)) return [column.name.replaceAll('_', ' ').trim()]
    return listOf(source.cell(column)).map((skill) => skill.replace(/\s*:\s*[<>]?\s*\d+(\.\d+)?$/, ''))
  })
  return readList(skills, 200, 100)
}

/** Parts given apart go before a text that names them together. */
function readPlace({ value }: Source): Read<CandidateProfile['place']> {
  const place = value('place')
  if (place !== null && typeof place === 'object' && !Array.isArray(place)) {
    const { text, city, region, country } = place as Record<string, unknown>
    return placeOfParts(textOf(text), textOf(city), textOf(region), textOf(country))
  }
  const text = textOf(place)
  const [city, region, country] = [textOf(value('city')), textOf(value('region')), textOf(value('country'))]
  if (city ?? region ?? country) return placeOfParts(text, city, region, country)
  return read(placeFromText(text) ?? null)
}

function placeOfParts(
  text: string | null,
  city: string | null,
  region: string | null,
  country: string | null,
): Read<CandidateProfile['place']> {
  if (country !== null && countryCode(country) === undefined)
    return unread(
      `${quoted(country)} is no country`,
      'Use an ISO 3166-1 code such as CO, or the name in Spanish or English.',
    )
  return read(placeOf({ text, city, region, country }) ?? null)
}

function readPay(source: Source, assumed: Assumed): Read<CandidateProfile['desiredSalary']> {
  const column = source.column('desiredSalary')
  const named = textOf(source.value('salaryCurrency'))?.toUpperCase()
  if (named !== undefined && !isCurrency(named))
    return unread(`${quoted(named)} is no currency`, 'Use an ISO 4217 code such as USD.')
  const period = salaryPeriod(textOf(source.value('salaryPeriod')))
  return readSalary(source.value('desiredSalary'), {
    currency: named ?? column?.currency ?? assumed.currency,
    period: period ?? column?.period ?? 'MONTH',
    mark: column?.mark,
  })
}
