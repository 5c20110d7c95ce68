import { z } from 'zod'
import type { Remote } from '../job.ts'
import { dayOf, instantOf } from './dates.ts'
import { employmentType } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { salaryOf } from './money-text.ts'
import { placeOf } from './place.ts'
import { ForeignId, ForeignTitle, isRecord, listIn, maybe, maybeText, single, unread } from './shapes.ts'
import { webUrl } from './text.ts'

const amount = maybe(z.union([z.number(), z.string()]))

/** Careers site API, GET /api/offers (docs.recruitee.com). */
const Offer = z.looseObject({
  id: ForeignId,
  title: ForeignTitle,
  status: maybeText,
  company_name: maybeText,
  department: maybeText,
  description: maybeText,
  requirements: maybeText,
  location: maybeText,
  city: maybeText,
  state_name: maybeText,
  country: maybeText,
  country_code: maybeText,
  locations: maybe(
    z.array(
      z.looseObject({
        name: maybeText,
        city: maybeText,
        state: maybeText,
        country: maybeText,
        country_code: maybeText,
      }),
    ),
  ),
  remote: maybe(z.boolean()),
  hybrid: maybe(z.boolean()),
  on_site: maybe(z.boolean()),
  employment_type_code: maybeText,
  experience_code: maybeText,
  education_code: maybeText,
  salary: maybe(z.looseObject({ min: amount, max: amount, currency: maybeText, period: maybeText })),
  careers_url: maybeText,
  careers_apply_url: maybeText,
  published_at: maybeText,
  created_at: maybeText,
  updated_at: maybeText,
  close_at: maybeText,
})
type Offer = z.infer<typeof Offer>

const READ = [
  ...['id', 'title', 'company_name', 'department', 'description', 'requirements', 'location', 'locations', 'city'],
  ...['country', 'country_code', 'remote', 'hybrid', 'on_site', 'employment_type_code', 'experience_code'],
  ...['education_code', 'salary', 'careers_apply_url', 'published_at', 'updated_at', 'close_at', 'status'],
]

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = Offer.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const offer = parsed.data
  const listed = (offer.locations ?? []).flatMap(
    (each) =>
      placeOf({ text: each.name, city: each.city, region: each.state, country: each.country_code ?? each.country }) ??
      [],
  )
  const own = placeOf({
    text: offer.location,
    city: offer.city,
    region: offer.state_name,
    country: offer.country_code ?? offer.country,
  })
  return posting(
    {
      externalId: offer.id,
      title: offer.title,
      company: offer.company_name ?? null,
      department: offer.department ?? null,
      description: context.html(`${offer.description ?? ''}${offer.requirements ?? ''}`),
      places: listed.length > 0 ? listed : own ? [own] : [],
      remote: remoteOf(offer),
      employmentType: employmentType(offer.employment_type_code?.replaceAll('_', ' ')),
      experienceLevel: offer.experience_code?.replaceAll('_', ' ') ?? null,
      educationLevel: offer.education_code?.replaceAll('_', ' ') ?? null,
      salary: offer.salary ? salaryOf(offer.salary) : null,
      applyUrl: webUrl(offer.careers_apply_url ?? offer.careers_url),
      postedAt: instantOf(offer.published_at ?? offer.created_at),
      closesOn: dayOf(offer.close_at),
      extra: unread(record as object, offer, READ),
    },
    {
      status: offer.status && offer.status !== 'published' ? 'closed' : 'open',
      stamp: instantOf(offer.updated_at),
    },
  )
}

const remoteOf = (offer: Offer): z.infer<typeof Remote> | null =>
  offer.remote ? 'remote' : offer.hybrid ? 'hybrid' : offer.on_site ? 'onsite' : null

/** `{event_type, payload: {offer}}`: the offer as the careers site shows it, or a part of it. */
const offerOf = (document: unknown): unknown =>
  isRecord(document) && isRecord(document.payload) && isRecord(document.payload.offer)
    ? document.payload.offer
    : undefined

function mapWebhook(offer: unknown, context: MappingContext): Mapped {
  const mapped = map(offer, context)
  return mapped.kind === 'posting' ? { ...mapped, partial: mapped.posting.description === '' } : mapped
}

export const recruitee: JsonFormat = {
  detects: (document) => isRecord(document) && (Array.isArray(document.offers) || offerOf(document) !== undefined),
  records: (document) => {
    if (offerOf(document)) return [{ at: '', value: document, count: 1 }]
    if (isRecord(document) && 'event_type' in document) return []
    const wrapped = isRecord(document) && isRecord(document.offer) ? document.offer : undefined
    return (
      listIn(document, 'offers') ??
      (wrapped ? single(wrapped) : isRecord(document) && 'id' in document ? single(document) : undefined)
    )
  },
  map: (record, context) => (offerOf(record) ? mapWebhook(offerOf(record), context) : map(record, context)),
}
