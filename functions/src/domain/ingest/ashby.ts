import { z } from 'zod'
import type { Place } from '../job.ts'
import { dayOf, instantOf } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { salaryOf } from './money-text.ts'
import { placeFromText, placeOf } from './place.ts'
import { ForeignTitle, firstHas, isRecord, listed, listIn, maybe, maybeText, single, unread } from './shapes.ts'
import { webUrl } from './text.ts'

const Address = maybe(
  z.looseObject({
    postalAddress: maybe(
      z.looseObject({ addressLocality: maybeText, addressRegion: maybeText, addressCountry: maybeText }),
    ),
  }),
)
const Component = z.looseObject({
  compensationType: maybeText,
  interval: maybeText,
  currencyCode: maybeText,
  minValue: maybe(z.number()),
  maxValue: maybe(z.number()),
})

/** posting-api, GET /posting-api/job-board/{board}?includeCompensation=true (developers.ashbyhq.com), and a webhook's jobPosting. */
const AshbyJob = z.looseObject({
  id: z.string().trim().min(1),
  title: ForeignTitle,
  department: maybeText,
  departmentName: maybeText,
  team: maybeText,
  employmentType: maybeText,
  location: maybeText,
  locationName: maybeText,
  secondaryLocations: maybe(z.array(z.looseObject({ location: maybeText, address: Address }))),
  address: Address,
  isListed: maybe(z.boolean()),
  isRemote: maybe(z.boolean()),
  workplaceType: maybeText,
  publishedAt: maybeText,
  updatedAt: maybeText,
  applicationDeadline: maybeText,
  jobUrl: maybeText,
  applyUrl: maybeText,
  descriptionHtml: maybeText,
  compensation: maybe(z.looseObject({ summaryComponents: maybe(z.array(Component)) })),
})

const READ = [
  ...[
    'id',
    'title',
    'department',
    'departmentName',
    'employmentType',
    'location',
    'locationName',
    'secondaryLocations',
  ],
  ...[
    'address',
    'isListed',
    'isRemote',
    'workplaceType',
    'publishedAt',
    'updatedAt',
    'applicationDeadline',
    'applyUrl',
  ],
  ...['descriptionHtml', 'descriptionPlain'],
]

function map(record: unknown, context: MappingContext, partial = false): Mapped {
  const parsed = AshbyJob.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const first = placeIn(job.location ?? job.locationName, job.address)
  const others = (job.secondaryLocations ?? []).map(({ location, address }) => placeIn(location, address))
  const pay = job.compensation?.summaryComponents?.find(({ compensationType }) => compensationType === 'Salary')
  return posting(
    {
      externalId: job.id,
      title: job.title,
      department: job.department ?? job.departmentName ?? job.team ?? null,
      description: context.html(job.descriptionHtml ?? ''),
      places: [first, ...others].flatMap((place) => place ?? []),
      remote: remoteKind(job.workplaceType) ?? (job.isRemote ? 'remote' : null),
      employmentType: employmentType(job.employmentType),
      salary: pay
        ? salaryOf({ min: pay.minValue, max: pay.maxValue, currency: pay.currencyCode, period: pay.interval })
        : null,
      applyUrl: webUrl(job.applyUrl ?? job.jobUrl),
      postedAt: instantOf(job.publishedAt),
      closesOn: dayOf(job.applicationDeadline),
      extra: unread(record as object, { ...job, descriptionPlain: '' }, READ),
    },
    // An unlisted posting is hidden from the public: nothing is to be advertised.
    { status: job.isListed === false ? 'closed' : 'open', stamp: instantOf(job.updatedAt), partial },
  )
}

/** The board's own words, with city and country from the postal address where it has them. */
function placeIn(text: string | null | undefined, address: z.infer<typeof Address>): Place | undefined {
  const postal = address?.postalAddress
  const exact =
    postal &&
    placeOf({ text, city: postal.addressLocality, region: postal.addressRegion, country: postal.addressCountry })
  return exact?.city || exact?.country ? exact : placeFromText(text)
}

/** `{action, data: {jobPosting}}`, and `{action, data: {job}}` for a requisition that was closed. */
function webhookRecords(document: Record<string, unknown>): unknown[] {
  const { action, data } = document
  if (!isRecord(data)) return []
  if (isRecord(data.jobPosting)) return [{ action, jobPosting: data.jobPosting }]
  const { job } = data
  if (!isRecord(job) || !/closed|archived/i.test(String(job.status)) || !Array.isArray(job.jobPostingIds)) return []
  return job.jobPostingIds.map((id) => ({ action: 'jobPostingUnpublish', jobPosting: { id } }))
}

const isWebhook = (document: unknown): document is Record<string, unknown> =>
  isRecord(document) && typeof document.action === 'string' && (isRecord(document.data) || document.action === 'ping')

function mapWebhook(record: Record<string, unknown>, context: MappingContext): Mapped {
  const { action, jobPosting } = record
  if (!/unpublish|delete/i.test(String(action))) return map(jobPosting, context, true)
  const parsed = z.looseObject({ id: z.string().min(1), updatedAt: maybeText }).safeParse(jobPosting)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const stamp = instantOf(parsed.data.updatedAt)
  return { kind: 'close', target: { externalId: parsed.data.id }, closedReason: 'closed_by_source', stamp }
}

export const ashby: JsonFormat = {
  detects: (document) =>
    isWebhook(document) ||
    (isRecord(document) &&
      Array.isArray(document.jobs) &&
      ('apiVersion' in document || firstHas(document.jobs, 'jobUrl', 'isListed'))),
  records: (document) => {
    if (isWebhook(document)) return listed(webhookRecords(document), '/data')
    return listIn(document, 'jobs') ?? (isRecord(document) && 'id' in document ? single(document) : undefined)
  },
  map: (record, context) =>
    isRecord(record) && 'jobPosting' in record ? mapWebhook(record, context) : map(record, context),
}
