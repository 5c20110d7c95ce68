import { z } from 'zod'
import type { Place } from '../job.ts'
import { relativeDay } from './dates.ts'
import { employmentType, remoteKind } from './employment.ts'
import type { JsonFormat } from './formats.ts'
import { type Mapped, type MappingContext, posting, rejected, rejectedBySchema } from './mapped.ts'
import { placeFromText } from './place.ts'
import { ForeignTitle, isRecord, listIn, maybe, maybeText, unread } from './shapes.ts'
import { webUrl } from './text.ts'
import { isUsStateName } from './us-states.ts'

/** The list behind a career site, POST /wday/cxs/{tenant}/{site}/jobs; dates are told by their distance. */
const WorkdayJob = z.looseObject({
  title: ForeignTitle,
  externalPath: maybeText,
  locationsText: maybeText,
  postedOn: maybeText,
  remoteType: maybeText,
  timeType: maybeText,
  bulletFields: maybe(z.array(z.string())),
})

const READ = ['title', 'locationsText', 'postedOn', 'remoteType', 'timeType']

function map(record: unknown, context: MappingContext): Mapped {
  const parsed = WorkdayJob.safeParse(record)
  if (!parsed.success) return rejectedBySchema(parsed.error)
  const job = parsed.data
  const externalId = requisitionOf(job.externalPath ?? '', job.bulletFields ?? [])
  if (!externalId)
    return rejected('/externalPath', 'neither externalPath nor bulletFields tell the requisition', 'Send one of them.')
  const several = /^\d+ /.test(job.locationsText ?? '')
  const place = several ? placeInPath(job.externalPath ?? '') : placeFromText(job.locationsText)
  return posting(
    {
      externalId,
      title: job.title,
      places: place ? [place] : [],
      remote: remoteKind(job.remoteType) ?? remoteKind(job.locationsText) ?? (place ? remoteKind(place.text) : null),
      employmentType: employmentType(job.timeType),
      applyUrl: pageOf(context.feedUrl, job.externalPath),
      postedAt: relativeDay(job.postedOn, context.now),
      // "3 Locations" names none of them: kept beside the one that the path names.
      extra: { ...unread(record as object, job, READ), ...(several && { locationsText: job.locationsText }) },
    },
    { postedAbout: true, volatile: ['postedOn'] },
  )
}

/** The path ends in "_JR354232"; the bullet fields repeat it, among other things. */
function requisitionOf(path: string, bullets: string[]): string | undefined {
  const named = bullets.find((bullet) => bullet !== '' && path.includes(`_${bullet}`))
  return named ?? /_([^_/]+)$/.exec(path)?.[1] ?? (path || bullets[0])
}

/** "/job/Illinois---Chicago/…" -> Chicago, Illinois. */
function placeInPath(path: string): Place | undefined {
  const parts = (/^\/job\/([^/]+)\//.exec(path)?.[1] ?? '').split('---').map((part) => part.replaceAll('-', ' ').trim())
  const [first, second] = parts.filter(Boolean)
  if (!first) return undefined
  const text = parts.join(' - ')
  if (!isUsStateName(first)) return placeFromText(parts.join(', ')) ?? { text }
  return { text, ...(second && remoteKind(second) === null && { city: second }), region: first, country: 'US' }
}

/** …/wday/cxs/{tenant}/{site}/jobs is served to people below /{site}. */
function pageOf(feedUrl: string | undefined, path: string | null | undefined): string | null {
  const match = /^(https?:\/\/[^/]+)\/wday\/cxs\/[^/]+\/([^/]+)\/jobs/.exec(feedUrl ?? '')
  return match && path ? webUrl(`${match[1]}/${match[2]}${path}`) : null
}

export const workday: JsonFormat = {
  detects: (document) => isRecord(document) && Array.isArray(document.jobPostings),
  records: (document) => listIn(document, 'jobPostings'),
  map,
}
