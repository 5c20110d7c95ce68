import { z } from 'zod'
import { instantOf } from './dates.ts'
import { employmentType } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { placeOf } from './place.ts'
import {
  ForeignId,
  ForeignTitle,
  isRecord,
  listIn,
  maybe,
  maybeNamed,
  maybeText,
  nameOf,
  single,
  unread,
} from './shapes.ts'
import { webUrl } from './text.ts'

const Section = maybe(z.looseObject({ title: maybeText, text: maybeText }))

/** Posting API, GET /v1/companies/{company}/postings and /postings/{id} (developers.smartrecruiters.com). */
const SmartPosting = z.looseObject({
  id: ForeignId,
  name: ForeignTitle,
  company: maybe(z.looseObject({ identifier: maybeText, name: maybeText })),
  releasedDate: maybeText,
  location: maybe(
    z.looseObject({
      city: maybeText,
      region: maybeText,
      country: maybeText,
      fullLocation: maybeText,
      remote: maybe(z.boolean()),
      hybrid: maybe(z.boolean()),
    }),
  ),
  department: maybeNamed,
  typeOfEmployment: maybeNamed,
  experienceLevel: maybeNamed,
  language: maybe(z.looseObject({ code: maybeText })),
  active: maybe(z.boolean()),
  applyUrl: maybeText,
  postingUrl: maybeText,
  jobAd: maybe(
    z.looseObject({
      sections: maybe(
        z.looseObject({
          companyDescription: Section,
          jobDescription: Section,
          qualifications: Section,
          additionalInformation: Section,
        }),
      ),
    }),
  ),
})

const READ = [
  ...['id', 'name', 'company', 'releasedDate', 'location', 'department', 'typeOfEmployment', 'experienceLevel'],
  ...['language', 'active', 'applyUrl', 'jobAd'],
]
const SECTIONS = ['companyDescription', 'jobDescription', 'qualifications', 'additionalInformation'] as const

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = SmartPosting.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const { location, company } = job
  const place = placeOf({ text: location?.fullLocation, ...location })
  const page = company?.identifier
    ? `https://jobs.smartrecruiters.com/${encodeURIComponent(company.identifier)}/${job.id}`
    : null
  const words = SECTIONS.map((name) => job.jobAd?.sections?.[name]).map(
    (section) => section?.text && `${section.title ? `<h3>${section.title}</h3>` : ''}${section.text}`,
  )
  return posting(
    {
      externalId: job.id,
      title: job.name,
      company: company?.name ?? null,
      department: nameOf(job.department),
      description: context.html(words.filter(Boolean).join('')),
      places: place ? [place] : [],
      remote: location?.remote ? 'remote' : location?.hybrid ? 'hybrid' : location?.remote === false ? 'onsite' : null,
      employmentType: employmentType(nameOf(job.typeOfEmployment)),
      experienceLevel: nameOf(job.experienceLevel),
      applyUrl: webUrl(job.applyUrl ?? job.postingUrl ?? page),
      language: job.language?.code ?? null,
      postedAt: instantOf(job.releasedDate),
      extra: unread(record as object, job, READ),
    },
    { status: job.active === false ? 'closed' : 'open' },
  )
}

export const smartrecruiters: JsonFormat = {
  detects: (document) =>
    isRecord(document) && (('totalFound' in document && Array.isArray(document.content)) || 'releasedDate' in document),
  records: (document) =>
    listIn(document, 'content') ?? (isRecord(document) && 'id' in document ? single(document) : undefined),
  map,
}
