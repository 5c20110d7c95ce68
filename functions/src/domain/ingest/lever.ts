import { z } from 'zod'
import { instantOf } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { salaryOf } from './money-text.ts'
import { placeFromText } from './place.ts'
import { ForeignTitle, firstHas, isRecord, listed, listIn, maybe, maybeText, single, unread } from './shapes.ts'
import { webUrl } from './text.ts'

const when = maybe(z.union([z.number(), z.string()]))
const amount = maybe(z.union([z.number(), z.string()]))

/** postings v0, GET /v0/postings/{site}?mode=json: a bare array (github.com/lever/postings-api). */
const LeverPosting = z.looseObject({
  id: z.string().trim().min(1),
  text: ForeignTitle,
  categories: maybe(
    z.looseObject({
      commitment: maybeText,
      department: maybeText,
      team: maybeText,
      location: maybeText,
      allLocations: maybe(z.array(z.string())),
    }),
  ),
  createdAt: when,
  updatedAt: when,
  state: maybeText,
  description: maybeText,
  opening: maybeText,
  descriptionBody: maybeText,
  lists: maybe(z.array(z.looseObject({ text: maybeText, content: maybeText }))),
  additional: maybeText,
  hostedUrl: maybeText,
  applyUrl: maybeText,
  country: maybeText,
  workplaceType: maybeText,
  salaryRange: maybe(z.looseObject({ min: amount, max: amount, currency: maybeText, interval: maybeText })),
})

const READ = [
  ...['id', 'text', 'categories', 'createdAt', 'updatedAt', 'description', 'opening', 'descriptionBody', 'lists'],
  ...['additional', 'applyUrl', 'workplaceType', 'salaryRange'],
  // The same words again without their tags.
  ...['descriptionPlain', 'openingPlain', 'descriptionBodyPlain', 'additionalPlain'],
]

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = LeverPosting.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const where = job.categories?.allLocations?.length ? job.categories.allLocations : [job.categories?.location]
  const salary = job.salaryRange
  return posting(
    {
      externalId: job.id,
      title: job.text,
      department: job.categories?.department ?? job.categories?.team ?? null,
      description: context.html(wordsOf(job)),
      places: where.flatMap((text) => placeFromText(text, job.country) ?? []),
      remote: remoteKind(job.workplaceType) ?? remoteKind(job.categories?.location),
      employmentType: employmentType(job.categories?.commitment),
      salary: salary ? salaryOf({ ...salary, period: salary.interval }) : null,
      applyUrl: webUrl(job.applyUrl ?? job.hostedUrl),
      postedAt: instantOf(job.createdAt),
      extra: unread(record as object, { ...job, ...PLAIN }, READ),
    },
    { status: job.state && job.state !== 'published' ? 'closed' : 'open', stamp: instantOf(job.updatedAt) },
  )
}

const PLAIN = { descriptionPlain: '', openingPlain: '', descriptionBodyPlain: '', additionalPlain: '' }

/** `description` holds opening and body where both are given; the lists and the closing words stand apart. */
function wordsOf(job: z.infer<typeof LeverPosting>): string {
  const lists = (job.lists ?? []).map(({ text, content }) => `<h3>${text ?? ''}</h3><ul>${content ?? ''}</ul>`)
  return [job.description ?? `${job.opening ?? ''}${job.descriptionBody ?? ''}`, ...lists, job.additional ?? ''].join(
    '',
  )
}

const looksLike = (record: unknown): boolean =>
  isRecord(record) && 'text' in record && ('hostedUrl' in record || 'categories' in record)

export const lever: JsonFormat = {
  detects: (document) =>
    (Array.isArray(document) && looksLike(document[0])) ||
    looksLike(document) ||
    (isRecord(document) && firstHas(document.data, 'text', 'categories')),
  records: (document) =>
    Array.isArray(document)
      ? listed(document, '')
      : (listIn(document, 'data') ?? (looksLike(document) ? single(document) : undefined)),
  map,
}
