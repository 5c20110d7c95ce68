import type { z } from 'zod'
import type { Problem } from '../errors.ts'
import { JobPosting } from '../job.ts'
import { clip } from './text.ts'

/** What a mapping may know beside the record: nothing of it touches the world. */
export interface MappingContext {
  /** Virtual now, ISO 8601: relative dates ("Posted Yesterday") are read against it. */
  now: string
  /** The organisation's currency, for a bare "$" that no country explains. */
  currency: string
  /** Where the document was fetched from, if it was: some boards name their pages by a path alone. */
  feedUrl?: string
  /** Reduces HTML to the few tags that we keep (SECURITY.md 6). */
  html: (raw: string) => string
  /** Resolves the HTML entities of a text, once. */
  decode: (text: string) => string
}

export interface Posting {
  kind: 'posting'
  posting: JobPosting
  status: 'open' | 'closed'
  closedReason: 'closed_by_source' | 'filled'
  /** When the source says that it changed (ISO 8601); null where it does not say. */
  stamp: string | null
  /** The record is only a part of the opening (a webhook's summary): it never replaces words that are already known. */
  partial: boolean
  /** `postedAt` was reckoned from a relative date: an earlier reckoning is the better one. */
  postedAbout: boolean
  /** Fields of the record that change by themselves and must not count as a change. */
  volatile: readonly string[]
}

/** A close that brings no words: of one opening, or of all openings of a requisition. */
export interface Close {
  kind: 'close'
  target: { externalId: string } | { group: string }
  closedReason: 'closed_by_source' | 'filled'
  stamp: string | null
}

export interface Rejected {
  kind: 'rejected'
  /** `at` is a JSON pointer inside the record, or empty for the record as a whole. */
  problems: Problem[]
  /** The opening's id where the record tells it nevertheless: a feed that lists it badly still lists it. */
  externalId?: string
}

export type Mapped = Posting | Close | Rejected

export const rejected = (at: string, message: string, remedy: string): Rejected => ({
  kind: 'rejected',
  problems: [{ at, message, remedy }],
})

/** JSON pointer (RFC 6901) of a path. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const REMEDY = 'Mend this field in the source, or leave it out where it is optional.'

export const rejectedBySchema = (error: z.ZodError, remedy = REMEDY): Rejected => ({
  kind: 'rejected',
  problems: error.issues.map((issue) => ({ at: pointer(issue.path), message: issue.message, remedy })),
})

type Words = Partial<JobPosting> & Pick<JobPosting, 'externalId' | 'title'>

const LIMITS = { company: 200, department: 200, experienceLevel: 100, educationLevel: 100, language: 20 } as const

/** The posting that a mapping found, with null for what the source does not tell and long labels cut to what we keep. */
export function posting(words: Words, rest: Partial<Omit<Posting, 'kind' | 'posting'>> = {}): Posting | Rejected {
  const cut = Object.fromEntries(
    Object.entries(LIMITS).map(([field, limit]) => {
      const text = words[field as keyof typeof LIMITS]
      return [field, text ? clip(text, limit) || null : null]
    }),
  ) as Pick<JobPosting, keyof typeof LIMITS>
  const whole: JobPosting = {
    description: '',
    remote: null,
    employmentType: null,
    salary: null,
    applyUrl: null,
    postedAt: null,
    closesOn: null,
    group: null,
    extra: {},
    ...words,
    ...cut,
    title: clip(words.title, Number.POSITIVE_INFINITY),
    places: (words.places ?? []).slice(0, 200),
    skills: (words.skills ?? [])
      .map((skill) => clip(skill, 100))
      .filter(Boolean)
      .slice(0, 100),
  }
  const checked = JobPosting.safeParse(whole)
  if (!checked.success) return rejectedBySchema(checked.error)
  return {
    kind: 'posting',
    posting: checked.data,
    status: 'open',
    closedReason: 'closed_by_source',
    stamp: null,
    partial: false,
    postedAbout: false,
    volatile: [],
    ...rest,
  }
}

/** The record without the fields whose content a canonical field took. */
export const without = (record: object, taken: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !taken.includes(field)))
