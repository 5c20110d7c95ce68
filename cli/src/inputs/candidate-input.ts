import type { Command } from 'commander'
import { CONSENT_PURPOSES, EDUCATION_LEVELS } from '#domain/candidate.ts'
import { each, eachOf, given, number, oneOf } from '../arguments.ts'
import { Misuse } from '../failure.ts'
import type { Io } from '../io.ts'
import { placeOf, takesPlace } from './place.ts'
import { readJsonObject } from './read-json.ts'

interface CandidateOptions {
  file?: string
  externalId?: string
  years?: number
  education?: string
  primarySkill?: string
  skill?: string[]
  salary?: string
  currency?: string
  period?: string
  position?: string
  language?: string[]
  availability?: string
  name?: string
  email?: string
  phone?: string
  consent?: string[]
  consentText?: string
  source?: string
  city?: string
  region?: string
  country?: string
}

export const takesCandidateFields = (command: Command): Command =>
  takesPlace(
    command
      .option('--name <name>')
      .option('--email <address>')
      .option('--phone <number>', 'E.164, such as +573001234567'),
  )
    .option('--years <n>', 'of experience', number)
    .option('--education <level>', EDUCATION_LEVELS.join(', '), oneOf(EDUCATION_LEVELS))
    .option('--primary-skill <skill>')
    .option('--skill <skill>', 'repeatable', each)
    .option('--salary <amount>', 'that they want, in major units')
    .option('--currency <code>', 'of the salary, such as COP')
    .option('--period <period>', 'HOUR, DAY, WEEK, MONTH or YEAR', oneOf(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']))
    .option('--position <title>', 'that they want')
    .option('--language <language>', 'repeatable, or a comma list', eachOf)
    .option('--availability <text>')
    .option('--consent <purpose>', `${CONSENT_PURPOSES.join(' or ')}, repeatable`, eachOf)
    .option('--consent-text <version>', 'which text they agreed to')
    .option('--external-id <id>', 'their id in your system')
    .option('--source <source>', 'whose ids these are')
    .option('--file <file>', 'the candidate as native JSON (- for stdin); options replace its fields')

/** Throws Misuse where neither a file nor any field is given. */
export async function candidateInput(io: Io, command: Command): Promise<Record<string, unknown>> {
  const options = command.opts<CandidateOptions>()
  const base = options.file ? await readJsonObject(io, options.file) : {}
  const { name, email, phone } = options
  const contact = given({ name, email, phone })
  const fields = given({
    externalId: options.externalId,
    place: placeOf(options),
    yearsExperience: options.years,
    educationLevel: options.education,
    primarySkill: options.primarySkill,
    skills: options.skill,
    desiredSalary: salaryOf(options),
    desiredPosition: options.position,
    languages: options.language,
    availability: options.availability,
    contact: Object.keys(contact).length > 0 ? contact : undefined,
    consents: consentsOf(options),
    source: options.source,
  })
  const body = { ...base, ...fields }
  if (Object.keys(body).length === 0) throw new Misuse('a candidate needs at least one field, or --file')
  return body
}

function salaryOf({ salary, currency, period }: CandidateOptions): Record<string, string> | undefined {
  if (salary === undefined) return undefined
  if (!currency) throw new Misuse('a salary needs --currency')
  return { amount: salary, currency: currency.toUpperCase(), period: period ?? 'MONTH' }
}

function consentsOf({
  consent,
  consentText,
}: CandidateOptions): { purpose: string; textVersion: string }[] | undefined {
  if (!consent) return undefined
  if (!consentText) throw new Misuse('a consent needs --consent-text: which text they agreed to')
  return consent.map((purpose) => ({ purpose, textVersion: consentText }))
}
