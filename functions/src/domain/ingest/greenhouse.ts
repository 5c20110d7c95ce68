import { z } from 'zod'
import type { Salary } from '../job.ts'
import { dayOf, instantOf } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { greenhouseWebhook, isGreenhouseWebhook, isJobEvent } from './greenhouse-webhook.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { salaryPeriod } from './money-text.ts'
import { placesFromText } from './place.ts'
import { ForeignId, ForeignTitle, firstHas, isRecord, listIn, maybe, maybeText, single, unread } from './shapes.ts'
import { plain, webUrl } from './text.ts'

/** boards-api v1, GET /boards/{token}/jobs?content=true (developers.greenhouse.io/job-board.html). */
const Board = z.looseObject({
  id: ForeignId,
  title: ForeignTitle,
  absolute_url: maybeText,
  location: maybe(z.looseObject({ name: maybeText })),
  content: maybeText,
  updated_at: maybeText,
  first_published: maybeText,
  company_name: maybeText,
  language: maybeText,
  application_deadline: maybeText,
  internal_job_id: maybe(ForeignId),
  departments: maybe(z.array(z.looseObject({ name: maybeText }))),
  offices: maybe(z.array(z.looseObject({ name: maybeText }))),
  metadata: maybe(z.array(z.looseObject({ name: maybeText, value: z.unknown() }))),
  pay_input_ranges: maybe(
    z.array(z.looseObject({ min_cents: z.int(), max_cents: z.int(), currency_type: z.string(), title: maybeText })),
  ),
})

const READ = [
  ...[
    'id',
    'title',
    'absolute_url',
    'location',
    'content',
    'updated_at',
    'first_published',
    'company_name',
    'language',
  ],
  ...['application_deadline', 'internal_job_id', 'departments'],
]

function mapBoard(record: unknown, context: MappingContext): Mapped {
  const parsed = Board.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const offices = (job.offices ?? []).flatMap(({ name }) => name ?? [])
  const typeOfWork = job.metadata?.find(({ name }) => plain(name ?? '') === 'employment type')?.value
  return posting(
    {
      externalId: job.id,
      title: job.title,
      company: job.company_name ?? null,
      department: job.departments?.map(({ name }) => name).find(Boolean) ?? null,
      description: context.html(unescaped(job.content ?? '', context)),
      places: placesFromText(job.location?.name, offices),
      remote: remoteKind(job.location?.name),
      employmentType: typeof typeOfWork === 'string' ? employmentType(typeOfWork) : null,
      salary: payOf(job.pay_input_ranges?.[0]),
      applyUrl: webUrl(job.absolute_url),
      language: job.language ?? null,
      postedAt: instantOf(job.first_published),
      closesOn: dayOf(job.application_deadline),
      group: job.internal_job_id ?? null,
      extra: unread(record as object, job, READ),
    },
    { stamp: instantOf(job.updated_at) },
  )
}

/** The board's content is HTML escaped as text; where it already has tags it is not. */
const unescaped = (content: string, context: MappingContext): string =>
  content.includes('<') ? content : context.decode(content)

/** Amounts are in minor units already; the period stands in the range's title, if anywhere. */
function payOf(
  range: { min_cents: number; max_cents: number; currency_type: string; title?: string | null | undefined } | undefined,
): Salary | null {
  const period = salaryPeriod(range?.title)
  if (!range || !period || !/^[A-Z]{3}$/.test(range.currency_type)) return null
  return { minMinor: range.min_cents, maxMinor: range.max_cents, currency: range.currency_type, period }
}

export const greenhouse: JsonFormat = {
  detects: (document) =>
    isGreenhouseWebhook(document) ||
    (isRecord(document) &&
      ('absolute_url' in document ||
        firstHas(document.jobs, 'absolute_url') ||
        (Array.isArray(document.jobs) && document.jobs.length === 0 && isRecord(document.meta)))),
  records: (document) => {
    if (isGreenhouseWebhook(document)) return isJobEvent(document) ? single(document) : []
    return listIn(document, 'jobs') ?? (isRecord(document) && 'id' in document ? single(document) : undefined)
  },
  map: (record, context) =>
    isGreenhouseWebhook(record) ? greenhouseWebhook(record, context) : mapBoard(record, context),
}
