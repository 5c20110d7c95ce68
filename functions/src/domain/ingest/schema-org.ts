import { z } from 'zod'
import type { JobPosting, Place } from '../job.ts'
import { dayOf, instantOf } from './dates.ts'
import { employmentType } from './employment.ts'
import type { MappingContext } from './mapped.ts'
import { salaryOf } from './money-text.ts'
import { placeOf } from './place.ts'
import { maybe, maybeText } from './shapes.ts'

const oneOrMany = <S extends z.ZodType>(schema: S) =>
  maybe(z.union([z.array(schema), schema.transform((one) => [one])]))
const amount = maybe(z.union([z.number(), z.string()]))
const Named = maybe(z.union([z.string().transform((name) => ({ name })), z.looseObject({ name: maybeText })]))

/** schema.org/JobPosting as sites embed it. */
export const SchemaOrgPosting = z.looseObject({
  title: maybeText,
  description: maybeText,
  datePosted: maybeText,
  validThrough: maybeText,
  employmentType: oneOrMany(z.string()),
  hiringOrganization: Named,
  /** Its name is the organisation that gave the value. */
  identifier: Named,
  jobLocationType: maybeText,
  jobLocation: oneOrMany(
    z.looseObject({
      address: maybe(
        z.union([
          z.string().transform((text) => ({ text })),
          z.looseObject({
            addressLocality: maybeText,
            addressRegion: maybeText,
            addressCountry: maybe(
              z.union([z.string(), z.looseObject({ name: maybeText }).transform(({ name }) => name)]),
            ),
          }),
        ]),
      ),
    }),
  ),
  baseSalary: maybe(
    z.looseObject({
      currency: maybeText,
      value: maybe(z.looseObject({ minValue: amount, maxValue: amount, value: amount, unitText: maybeText })),
    }),
  ),
  skills: maybe(z.union([z.string(), z.array(z.string())])),
  url: maybeText,
})

/** The canonical fields that it tells. */
export function schemaOrgWords(job: z.infer<typeof SchemaOrgPosting>, context: MappingContext): Partial<JobPosting> {
  const pay = job.baseSalary?.value
  return {
    company: job.hiringOrganization?.name ?? job.identifier?.name ?? null,
    description: context.html(job.description ?? ''),
    places: (job.jobLocation ?? []).flatMap(({ address }) => placeIn(address) ?? []),
    remote: job.jobLocationType === 'TELECOMMUTE' ? 'remote' : null,
    employmentType: employmentType(job.employmentType?.[0]?.replaceAll('_', ' ')),
    salary: pay
      ? salaryOf({
          min: pay.minValue ?? pay.value,
          max: pay.maxValue ?? pay.value,
          currency: job.baseSalary?.currency,
          period: pay.unitText,
        })
      : null,
    skills: typeof job.skills === 'string' ? job.skills.split(/[,;]/) : (job.skills ?? []),
    postedAt: instantOf(job.datePosted),
    closesOn: dayOf(job.validThrough),
  }
}

type Address = NonNullable<z.infer<typeof SchemaOrgPosting>['jobLocation']>[number]['address']

function placeIn(address: Address): Place | undefined {
  if (!address) return undefined
  const { text, addressLocality, addressRegion, addressCountry } = address as Record<string, string | null | undefined>
  return placeOf({ text, city: addressLocality, region: addressRegion, country: addressCountry })
}
