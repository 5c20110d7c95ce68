import { z } from 'zod'
import { canonicalJson } from '../canonical-json.ts'
import type { Place } from '../job.ts'
import { instantOf } from './dates.ts'
import { employmentType } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejectedBySchema } from './mapped.ts'
import { placeOf } from './place.ts'
import { ForeignTitle, firstHas, isRecord, maybe, maybeText, type RawRecord, unread } from './shapes.ts'
import { webUrl } from './text.ts'

/** Widget API, GET /api/v1/widget/accounts/{account}?details=true: a row per opening and place. */
const Row = z.looseObject({
  title: ForeignTitle,
  shortcode: z.string().trim().min(1).max(100),
  department: maybeText,
  employment_type: maybeText,
  telecommuting: maybe(z.boolean()),
  url: maybeText,
  application_url: maybeText,
  published_on: maybeText,
  created_at: maybeText,
  country: maybeText,
  city: maybeText,
  state: maybeText,
  locations: maybe(
    z.array(
      z.looseObject({
        country: maybeText,
        countryCode: maybeText,
        city: maybeText,
        region: maybeText,
        hidden: maybe(z.boolean()),
      }),
    ),
  ),
  description: maybeText,
  education: maybeText,
  experience: maybeText,
})

/** What a record is here: the rows of one opening, and the account that it belongs to. */
const Grouped = z.object({ company: maybeText, rows: z.array(Row).min(1) })

const READ = [
  ...['title', 'shortcode', 'department', 'employment_type', 'telecommuting', 'url', 'application_url', 'published_on'],
  ...['country', 'city', 'state', 'locations', 'description', 'education', 'experience', 'created_at'],
]

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = Grouped.safeParse(record)
  if (!parsed.success) {
    // The pointer of a lone row begins at the row itself.
    const rejected = rejectedBySchema(parsed.error)
    return { ...rejected, problems: rejected.problems.map((p) => ({ ...p, at: p.at.replace(/^\/rows\/\d+/, '') })) }
  }
  const { company, rows } = parsed.data
  const [job] = rows
  const raw = (record as { rows: object[] }).rows[0]
  if (!job || !raw) return rejectedBySchema(new z.ZodError([]))
  return posting({
    externalId: job.shortcode,
    title: job.title,
    company: company ?? null,
    department: job.department ?? null,
    description: context.html(job.description ?? ''),
    places: distinct(rows.flatMap(placesOf)),
    remote: job.telecommuting ? 'remote' : null,
    employmentType: employmentType(job.employment_type),
    experienceLevel: job.experience ?? null,
    educationLevel: job.education ?? null,
    applyUrl: webUrl(job.application_url ?? job.url),
    postedAt: instantOf(job.published_on ?? job.created_at),
    extra: unread(raw, job, READ),
  })
}

function placesOf(row: z.infer<typeof Row>): Place[] {
  const shown = (row.locations ?? []).filter(({ hidden }) => !hidden)
  const listed = shown.flatMap(({ city, region, country, countryCode }) => {
    const place = placeOf({
      text: [city, region, country].filter(Boolean).join(', '),
      city,
      region,
      country: countryCode ?? country,
    })
    return place ?? []
  })
  if (listed.length > 0) return listed
  const place = placeOf({ city: row.city, region: row.state, country: row.country })
  return place ? [place] : []
}

const distinct = (places: Place[]): Place[] => [
  ...new Map(places.map((place) => [canonicalJson(place), place])).values(),
]

/** Rows of one shortcode become one record; rows are ordered, so that another order of the same places is no change. */
function grouped(rows: unknown[], company: unknown): RawRecord[] {
  const groups = new Map<string, { at: string; rows: unknown[] }>()
  for (const [index, row] of rows.entries()) {
    const key = isRecord(row) && typeof row.shortcode === 'string' ? row.shortcode : `/${index}`
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { at: `/jobs/${index}`, rows: [row] })
  }
  const order = (a: unknown, b: unknown): number => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)
  return [...groups.values()].map(({ at, rows: own }) => ({
    at,
    value: { company: typeof company === 'string' ? company : null, rows: own.sort(order) },
    count: own.length,
  }))
}

export const workable: JsonFormat = {
  detects: (document) => isRecord(document) && firstHas(document.jobs, 'shortcode'),
  records: (document) =>
    isRecord(document) && Array.isArray(document.jobs) ? grouped(document.jobs, document.name) : undefined,
  map,
}
