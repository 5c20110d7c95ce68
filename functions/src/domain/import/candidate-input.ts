import { z } from 'zod'
import { CandidateProfile, ConsentPurpose, ContactDetails } from '../candidate.ts'
import { countryCode } from '../ingest/country.ts'
import { placeFromText, placeOf } from '../ingest/place.ts'
import { type Place, SalaryPeriod } from '../job.ts'
import { Currency, parseMoney } from '../money.ts'
import { Instant } from '../time.ts'
import type { CandidateRecord } from './candidate-record.ts'
import { isCurrency } from './salary.ts'

const PlaceGiven = z
  .union([
    z.string().trim().min(1).max(300),
    z.strictObject({
      text: z.string().trim().min(1).max(300).optional(),
      city: z.string().trim().min(1).max(120).optional(),
      region: z.string().trim().min(1).max(120).optional(),
      country: z
        .string()
        .max(100)
        .refine((name) => countryCode(name) !== undefined, 'not a country: use ISO 3166-1 alpha-2 such as CO')
        .optional(),
    }),
  ])
  .meta({ id: 'CandidatePlace', description: 'Free text ("Bogotá, Colombia"), or its parts' })

const SalaryGiven = z
  .strictObject({
    amount: z.string().max(20).optional().meta({ description: 'Major units, such as "2500000.00"' }),
    minor: z.int().nonnegative().optional().meta({ description: 'Integer minor units; instead of amount' }),
    currency: Currency.refine(isCurrency, 'not a currency of ISO 4217'),
    period: SalaryPeriod.default('MONTH'),
  })
  .superRefine(({ amount, minor, currency }, ctx) => {
    if ((amount === undefined) === (minor === undefined))
      ctx.addIssue({ code: 'custom', path: ['amount'], message: 'give either amount or minor' })
    else if (amount !== undefined && minorOf(amount, currency) === undefined)
      ctx.addIssue({ code: 'custom', path: ['amount'], message: `not an amount in ${currency}, such as "2500000"` })
  })
  .meta({ id: 'CandidateSalary' })

function minorOf(amount: string, currency: string): number | undefined {
  try {
    const { minor } = parseMoney(amount, currency)
    return minor >= 0 ? minor : undefined
  } catch {
    return undefined
  }
}

const ConsentInput = z
  .strictObject({
    purpose: ConsentPurpose,
    granted: z.boolean().default(true),
    textVersion: z.string().trim().min(1).max(100).meta({ description: 'Which text the person agreed to' }),
    at: Instant.optional().meta({ description: 'When; absent = now' }),
  })
  .meta({ id: 'ConsentInput' })

const { yearsExperience, educationLevel, primarySkill, skills, desiredPosition, languages, availability } =
  CandidateProfile.shape

const PROFILE = {
  place: PlaceGiven.nullish(),
  yearsExperience: yearsExperience.optional(),
  educationLevel: educationLevel.optional(),
  primarySkill: primarySkill.optional(),
  skills: skills.optional(),
  desiredSalary: SalaryGiven.nullish(),
  desiredPosition: desiredPosition.optional(),
  languages: languages.optional(),
  availability: availability.optional(),
  contact: ContactDetails.partial().strict().optional(),
  consents: z.array(ConsentInput).max(20).optional(),
}

/** A candidate as console, API and CLI write one. */
export const CandidateInput = z
  .strictObject({
    externalId: z.string().trim().min(1).max(500).optional().meta({ description: 'The id in your system' }),
    source: z.string().trim().min(1).max(100).optional(),
    ...PROFILE,
  })
  .meta({ id: 'CandidateInput' })
export type CandidateInput = z.infer<typeof CandidateInput>

/** What may be changed afterwards; null clears a field, a consent is added to those that were given. */
export const CandidatePatch = z
  .strictObject(PROFILE)
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'nothing to change')
  .meta({ id: 'CandidatePatch' })
export type CandidatePatch = z.infer<typeof CandidatePatch>

const placeGiven = (place: z.infer<typeof PlaceGiven>): Place | null =>
  (typeof place === 'string' ? placeFromText(place) : placeOf(place)) ?? null

function salaryGiven({
  amount,
  minor,
  currency,
  period,
}: z.infer<typeof SalaryGiven>): CandidateProfile['desiredSalary'] {
  const value = minor ?? (amount === undefined ? 0 : (minorOf(amount, currency) ?? 0))
  return value === 0 ? null : { minor: value, currency, period }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without the fields that are undefined: absent is not the same as cleared. */
const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>

/** The same in the words of an import, with the fields that are given alone. */
export function recordOf({
  externalId,
  source: _,
  contact,
  consents = [],
  ...profile
}: CandidateInput): CandidateRecord {
  const { place, desiredSalary, ...plain } = profile
  return {
    externalId: externalId ?? null,
    profile: {
      ...given(plain),
      ...(place !== undefined && { place: place === null ? null : placeGiven(place) }),
      ...(desiredSalary !== undefined && { desiredSalary: desiredSalary && salaryGiven(desiredSalary) }),
    },
    contact: contact ? given(contact) : null,
    consents: consents.map(({ at, ...consent }) => ({ ...consent, at: at ? new Date(at).toISOString() : null })),
  }
}
