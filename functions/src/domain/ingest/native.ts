import { z } from 'zod'
import { EMPLOYMENT_TYPES, type JobPosting, type Place, Remote, SalaryPeriod } from '../job.ts'
import { Currency, parseMoney } from '../money.ts'
import { AdDay, Instant } from '../time.ts'
import { countryCode } from './country.ts'
import { employmentType } from './employment.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema, without } from './mapped.ts'
import { placeFromText, placeOf } from './place.ts'
import { webUrl } from './text.ts'

const Country = z
  .string()
  .max(100)
  .refine((name) => countryCode(name) !== undefined, 'not a country: use ISO 3166-1 alpha-2 such as CO, or its name')

const PlaceInput = z
  .union([
    z.string().min(1).max(300),
    z.strictObject({
      text: z.string().min(1).max(300).optional(),
      city: z.string().min(1).max(120).optional(),
      region: z.string().min(1).max(120).optional(),
      country: Country.optional(),
    }),
  ])
  .meta({ id: 'PlaceInput', description: 'Free text ("Bogotá, Colombia"), or its parts' })

/** Major units: 2500000 or "2500000.00". A string never passes through a float. */
const Amount = z.union([
  z.number().nonnegative().max(1e12),
  z.string().regex(/^\d{1,12}(\.\d+)?$/, 'a plain decimal such as "2500000.00"'),
])

const SalaryInput = z
  .strictObject({
    min: Amount.nullish(),
    max: Amount.nullish(),
    currency: Currency,
    period: SalaryPeriod,
  })
  .superRefine((salary, ctx) => {
    const [min, max] = [minorOf(salary.min, salary.currency), minorOf(salary.max, salary.currency)]
    if (min === undefined || max === undefined)
      ctx.addIssue({ code: 'custom', message: `more decimals than ${salary.currency} has, or no such currency` })
    else if (min !== null && max !== null && min > max)
      ctx.addIssue({ code: 'custom', path: ['max'], message: 'below min' })
    else if (min === null && max === null) ctx.addIssue({ code: 'custom', message: 'neither min nor max' })
  })
  .meta({ id: 'SalaryInput' })

/** Null where it is absent, undefined where the currency cannot hold it. */
function minorOf(amount: number | string | null | undefined, currency: string): number | null | undefined {
  if (amount === null || amount === undefined) return null
  try {
    return parseMoney(String(amount), currency).minor
  } catch {
    return undefined
  }
}

const Employment = z
  .string()
  .max(100)
  .refine((text) => employmentType(text) !== null, `one of ${EMPLOYMENT_TYPES.join(', ')}`)

const Url = z
  .string()
  .max(2000)
  .refine((text) => webUrl(text) !== null, 'an absolute http or https address')

/** The words of an opening, as console, API and native feeds write them. Absent and null mean the same: not known. */
const WORDS = {
  company: z.string().max(200).nullish(),
  department: z.string().max(200).nullish(),
  description: z.string().max(400_000).nullish().meta({ description: 'HTML or plain text' }),
  location: PlaceInput.nullish(),
  locations: z.array(PlaceInput).max(200).nullish(),
  remote: z.union([z.boolean(), Remote]).nullish(),
  employmentType: Employment.nullish(),
  experienceLevel: z.string().max(100).nullish(),
  educationLevel: z.string().max(100).nullish(),
  skills: z.array(z.string().max(100)).max(100).nullish(),
  salary: SalaryInput.nullish(),
  applyUrl: Url.nullish(),
  language: z.string().max(20).nullish(),
  postedAt: z.union([Instant, AdDay]).nullish(),
  closesOn: AdDay.nullish().meta({ description: "Last day to apply, in the organisation's zone" }),
}

const Title = z.string().trim().min(1, 'an opening needs a title').max(300)
const ExternalId = z.string().trim().min(1).max(500)

/** One job as our own format writes it. Fields that it does not name are kept in `extra`. */
export const JobInput = z
  .looseObject({
    externalId: ExternalId.optional().meta({ description: 'The id in your system; `id` is accepted as well' }),
    id: ExternalId.optional(),
    title: Title.optional().meta({ description: 'Required unless the record only closes the job' }),
    status: z.enum(['open', 'closed']).default('open'),
    closedReason: z.enum(['closed_by_source', 'filled']).default('closed_by_source'),
    updatedAt: Instant.nullish().meta({ description: 'When it changed; orders updates. Reopening needs a newer one' }),
    ...WORDS,
  })
  .superRefine((job, ctx) => {
    if (!job.title && job.status === 'open')
      ctx.addIssue({ code: 'custom', path: ['title'], message: 'an opening needs a title' })
  })
  .meta({ id: 'JobInput' })
export type JobInput = z.infer<typeof JobInput>

/** What a person may change afterwards; null clears a field. */
export const JobPatch = z
  .strictObject({ title: Title.optional(), ...WORDS })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'nothing to change')
  .meta({ id: 'JobPatch' })
export type JobPatch = z.infer<typeof JobPatch>

const TAKEN = ['externalId', 'id', 'title', 'status', 'closedReason', 'updatedAt', ...Object.keys(WORDS)]

const REMEDY = 'Correct the field as /openapi.json describes JobInput, and send the record again.'

export function mapNative(record: unknown, context: MappingContext): Mapped {
  const parsed = JobInput.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error, REMEDY)
  const job = parsed.data
  const externalId = job.externalId ?? job.id
  if (!externalId)
    return {
      kind: 'rejected',
      problems: [{ at: '/externalId', message: 'missing', remedy: 'Give each job the id that it has in your system.' }],
    }
  const stamp = job.updatedAt ? new Date(job.updatedAt).toISOString() : null
  const { status, closedReason } = job
  if (!job.title) return { kind: 'close', target: { externalId }, closedReason, stamp }
  const extra = without(record as object, TAKEN)
  // An id beside externalId is one more field of the source's.
  if (job.externalId && job.id && job.id !== job.externalId) extra.id = job.id
  const words = { ...nativeWords(job, context), externalId, title: job.title, extra }
  return posting(words, { status, closedReason, stamp })
}

type WordsInput = z.infer<z.ZodObject<typeof WORDS>>

/** The canonical fields of those words that are given; the rest is left out. */
export function nativeWords(words: WordsInput, context: Pick<MappingContext, 'html'>): Partial<JobPosting> {
  const { description, location, locations, remote, salary, postedAt, applyUrl } = words
  const given: Partial<JobPosting> = {}
  for (const field of ['company', 'department', 'experienceLevel', 'educationLevel', 'language', 'closesOn'] as const)
    if (words[field] !== undefined) given[field] = words[field]
  if (description !== undefined) given.description = context.html(description ?? '')
  if (location !== undefined || locations !== undefined)
    given.places = [...(location ? [location] : []), ...(locations ?? [])].flatMap((each) => placeOfInput(each) ?? [])
  if (remote !== undefined) given.remote = remote === true ? 'remote' : remote === false ? 'onsite' : remote
  if (words.employmentType !== undefined) given.employmentType = employmentType(words.employmentType)
  if (words.skills !== undefined) given.skills = words.skills ?? []
  if (salary !== undefined)
    given.salary = salary && {
      minMinor: minorOf(salary.min, salary.currency) ?? null,
      maxMinor: minorOf(salary.max, salary.currency) ?? null,
      currency: salary.currency,
      period: salary.period,
    }
  if (applyUrl !== undefined) given.applyUrl = webUrl(applyUrl)
  if (postedAt !== undefined) given.postedAt = postedAt && new Date(postedAt).toISOString()
  return given
}

const placeOfInput = (input: z.infer<typeof PlaceInput>): Place | undefined =>
  typeof input === 'string' ? placeFromText(input) : placeOf(input)
