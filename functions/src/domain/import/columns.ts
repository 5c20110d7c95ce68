import type { DesiredSalary } from '../candidate.ts'
import { DomainError, type Problem } from '../errors.ts'
import { salaryPeriod } from '../ingest/money-text.ts'
import { plain } from '../ingest/text.ts'
import { SalaryPeriod } from '../job.ts'
import { type DecimalMark, decimalMark, isCurrency } from './salary.ts'
import type { TimeUnit } from './years.ts'

/** What a column may be mapped to, with the names that it goes by in exports (plain form, English and Spanish). */
const FIELDS = {
  externalId: 'external id, externalid, id, candidate id, candidateid, id candidato, codigo, identificador',
  place: 'place, location, ubicacion, localizacion, residence, residencia, lugar',
  city: 'city, ciudad, municipio, town',
  region: 'region, state, estado, departamento, province, provincia',
  country: 'country, pais',
  yearsExperience:
    'years experience, yearsexperience, years of experience, experience, experience years, experiencia, anos experiencia, anos de experiencia, total experience, potential experience years, yearscodedjob',
  educationLevel:
    'education level, educationlevel, education, educacion, nivel educativo, nivel de estudios, nivel de educacion, estudios, escolaridad, degree, degrees, formacion',
  primarySkill: 'primary skill, primaryskill, main skill, habilidad principal, competencia principal',
  skills:
    'skills, skill, habilidades, competencias, aptitudes, conocimientos, tecnologias, technologies, skills months, stack',
  desiredSalary:
    'desired salary, desiredsalary, salary, salario, expected salary, salary expectation, salario deseado, aspiracion salarial, pretension salarial, sueldo, sueldo pretendido, hourly earnings',
  salaryCurrency: 'currency, salary currency, salarycurrency, moneda, divisa',
  salaryPeriod: 'salary period, salaryperiod, periodo salarial, salary interval',
  desiredPosition:
    'desired position, desiredposition, position, role, title, job title, role interest, cargo, cargo deseado, puesto, puesto deseado',
  languages: 'languages, language, idiomas, idioma',
  availability: 'availability, disponibilidad',
  name: 'name, full name, fullname, nombre completo, nombre y apellido, nombre y apellidos, candidate name',
  firstName: 'first name, firstname, given name, nombre, nombres',
  lastName: 'last name, lastname, surname, family name, apellido, apellidos',
  email: 'email, e mail, mail, email address, correo, correo electronico',
  phone: 'phone, phone number, telephone, mobile, cell, telefono, celular, movil',
  consents: 'consents, consent, consentimiento, consentimientos',
  consentText: 'consent text, consenttext, consent version, version del consentimiento',
  consentAt: 'consent at, consentat, consent date, fecha de consentimiento',
} as const

export type CandidateField = keyof typeof FIELDS
export const CANDIDATE_FIELDS = Object.keys(FIELDS) as CandidateField[]

const SYNONYMS = new Map(
  CANDIDATE_FIELDS.flatMap((field) => FIELDS[field].split(', ').map((name): [string, CandidateField] => [name, field])),
)

/** What a column says about all its values. */
export interface ColumnOptions {
  unit?: TimeUnit
  currency?: string
  period?: DesiredSalary['period']
  textVersion?: string
  mark?: DecimalMark
}

export interface Column extends ColumnOptions {
  /** As the source calls it. */
  name: string
  field: CandidateField
}

export interface Columns {
  taken: Column[]
  /** Columns that no field took. */
  ignored: string[]
}

/** {"Years coding": "yearsExperience:months", "Pay": "desiredSalary:USD:YEAR", "Notes": null} */
export type Mapping = Record<string, string | null>

type Target = Omit<Column, 'name'>

const UNITS: readonly string[] = ['years', 'months', 'weeks', 'days'] satisfies TimeUnit[]

function readMapping(mapping: Mapping): Map<string, Target | null> {
  const problems: Problem[] = []
  const targets = new Map<string, Target | null>()
  for (const [column, spec] of Object.entries(mapping)) {
    const target = spec === null || spec === '' ? null : targetOf(spec)
    if (typeof target === 'string') problems.push({ at: `/mapping/${column}`, message: target, remedy: REMEDY })
    else targets.set(column, target)
  }
  if (problems.length > 0)
    throw new DomainError('invalid', `The mapping of ${problems.length} columns is not understood`, {
      remedy: REMEDY,
      problems,
    })
  return targets
}

const REMEDY = `Map a column to one of ${CANDIDATE_FIELDS.join(', ')}, with options after colons: yearsExperience:months, desiredSalary:USD:YEAR, consents:<text version>; null leaves it out.`

/** A sentence where the target is not understood. */
function targetOf(spec: string): Target | string {
  const [name = '', ...options] = spec.split(':').map((part) => part.trim())
  const field = CANDIDATE_FIELDS.find((known) => known.toLowerCase() === name.toLowerCase())
  if (!field) return `${JSON.stringify(name)} is no field of a candidate`
  const target: Target = { field }
  for (const option of options) {
    const period = SalaryPeriod.safeParse(option.toUpperCase()).data ?? salaryPeriod(option)
    if (field === 'yearsExperience' && UNITS.includes(option.toLowerCase()))
      target.unit = option.toLowerCase() as TimeUnit
    else if (field === 'desiredSalary' && isCurrency(option.toUpperCase())) target.currency = option.toUpperCase()
    else if (field === 'desiredSalary' && period) target.period = period
    else if (field === 'consents' && option !== '') target.textVersion = option
    else return `${JSON.stringify(option)} is no option of ${field}`
  }
  return target
}

/**
 * Which field each column of a source feeds: as the mapping says, else by its name. A field that the mapping names is fed by that
 * alone; of several columns of one name the first is taken, but skills are gathered from all of theirs. Throws `invalid` where the
 * mapping is not understood or names a column that is not there.
 */
export function columnsOf(records: readonly Readonly<Record<string, unknown>>[], mapping: Mapping): Columns {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const targets = readMapping(mapping)
  demandColumns(names, targets)
  const mapped = new Set([...targets.values()].flatMap((target) => target?.field ?? []))
  const taken: Column[] = []
  const ignored: string[] = []
  for (const name of names) {
    const given = targets.get(name)
    const target = given === undefined ? byName(name) : given
    const full = taken.some(({ field }) => field === target?.field) && target?.field !== 'skills'
    if (!target || (given === undefined && (mapped.has(target.field) || full))) ignored.push(name)
    else taken.push({ name, ...target, ...markOf(target, name, records) })
  }
  return { taken, ignored }
}

function markOf(
  { field }: Target,
  name: string,
  records: readonly Readonly<Record<string, unknown>>[],
): Pick<Column, 'mark'> {
  const mark = field === 'desiredSalary' ? decimalMark(records.map((record) => record[name])) : undefined
  return mark ? { mark } : {}
}

function demandColumns(names: readonly string[], targets: ReadonlyMap<string, unknown>): void {
  const absent = [...targets.keys()].filter((column) => !names.includes(column))
  if (absent.length === 0) return
  throw new DomainError('invalid', `The file has no column ${absent.map((name) => JSON.stringify(name)).join(', ')}`, {
    remedy: `It has ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
    problems: absent.map((column) => ({ at: `/mapping/${column}`, message: 'no such column' })),
  })
}

/** "expected_salary_usd" names a currency, "hourly_earnings" a period, "months_programming" a unit. */
function byName(name: string): Target | null {
  const words = plain(name.replaceAll('_', ' '))
  const found = SYNONYMS.get(words)
  if (found) return { field: found, ...(found === 'desiredSalary' ? payOf(words) : {}) }
  const last = words.split(' ').at(-1) ?? ''
  const paid = isCurrency(last.toUpperCase()) ? SYNONYMS.get(words.slice(0, -last.length).trim()) : undefined
  return paid === 'desiredSalary' ? { field: paid, currency: last.toUpperCase(), ...payOf(words) } : null
}

function payOf(words: string): Pick<Target, 'period'> {
  const period = salaryPeriod(words)
  return period ? { period } : {}
}
