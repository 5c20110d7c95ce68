import type { Command } from 'commander'
import { EMPLOYMENT_TYPES } from '#domain/job.ts'
import { each, given, oneOf } from '../arguments.ts'
import { Misuse } from '../failure.ts'
import type { Io } from '../io.ts'
import { placeOf, takesPlace } from './place.ts'
import { readJsonObject } from './read-json.ts'

interface JobOptions {
  file?: string
  title?: string
  company?: string
  description?: string
  remote?: string
  employmentType?: string
  skill?: string[]
  salaryMin?: string
  salaryMax?: string
  currency?: string
  period?: string
  applyUrl?: string
  closesOn?: string
  externalId?: string
  city?: string
  region?: string
  country?: string
}

export const takesJobFields = (command: Command): Command =>
  takesPlace(
    command.option('--title <title>').option('--company <name>').option('--description <text>', 'text or HTML'),
  )
    .option('--remote <how>', 'onsite, hybrid or remote', oneOf(['onsite', 'hybrid', 'remote']))
    .option('--employment-type <type>', EMPLOYMENT_TYPES.join(', '), oneOf(EMPLOYMENT_TYPES))
    .option('--skill <skill>', 'repeatable', each)
    .option('--salary-min <amount>', 'in major units, such as 2500000')
    .option('--salary-max <amount>', 'in major units, such as 2500000')
    .option('--currency <code>', 'of the salary, such as COP')
    .option('--period <period>', 'HOUR, DAY, WEEK, MONTH or YEAR', oneOf(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR']))
    .option('--apply-url <url>', 'where candidates apply')
    .option('--closes-on <date>', 'last day to apply, YYYY-MM-DD')
    .option('--external-id <id>', 'its id in your system')
    .option('--file <file>', 'the opening as native JSON (- for stdin); options replace its fields')

/** Throws Misuse where neither a file nor a title is given. */
export async function jobInput(io: Io, command: Command): Promise<Record<string, unknown>> {
  const options = command.opts<JobOptions>()
  const base = options.file ? await readJsonObject(io, options.file) : {}
  if (!options.file && !options.title) throw new Misuse('an opening needs --title, or --file')
  const place = placeOf(options)
  return {
    ...base,
    ...given({
      externalId: options.externalId,
      title: options.title,
      company: options.company,
      description: options.description,
      remote: options.remote,
      employmentType: options.employmentType,
      skills: options.skill,
      salary: salaryOf(options),
      applyUrl: options.applyUrl,
      closesOn: options.closesOn,
      locations: place && [place],
    }),
  }
}

function salaryOf({ salaryMin, salaryMax, currency, period }: JobOptions): Record<string, unknown> | undefined {
  if (salaryMin === undefined && salaryMax === undefined) return undefined
  if (!currency) throw new Misuse('a salary needs --currency')
  return { ...given({ min: salaryMin, max: salaryMax }), currency: currency.toUpperCase(), period: period ?? 'MONTH' }
}
