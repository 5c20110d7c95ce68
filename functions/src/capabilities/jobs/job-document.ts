import type { Draft } from '#domain/entity.ts'
import { extraText } from '#domain/ingest/extra.ts'
import { closedReasonOf, type EntryState } from '#domain/ingest/manifest.ts'
import type { Posting } from '#domain/ingest/mapped.ts'
import type { Job } from '#domain/job.ts'
import { addDays, startOfDay } from '#domain/time.ts'

export interface JobChange {
  id: string
  source: string
  externalId: string
  ref: string
  state: EntryState
  /** New words; undefined = those that are there stay. */
  words: (Posting & { rawHash: string }) | undefined
  /** Virtual now, and the organisation's zone. */
  now: string
  zone: string
  correlationId: string
}

/** Nothing is known of an opening but that it is closed. */
const UNKNOWN = {
  company: null,
  department: null,
  description: '',
  places: [],
  remote: null,
  employmentType: null,
  experienceLevel: null,
  educationLevel: null,
  skills: [],
  salary: null,
  applyUrl: null,
  language: null,
  postedAt: null,
  closesOn: null,
  group: null,
  extra: '{}',
  sourceStamp: null,
  rawHash: '',
  totals: { campaigns: 0, applications: 0 },
}

/** The job as it is after a change. */
export function jobAfter(before: Job | undefined, change: JobChange): Draft<Job> {
  const { id, source, externalId, ref, state, words, now, zone, correlationId } = change
  const base = before ?? { ...UNKNOWN, title: externalId.slice(0, 300), tombstone: true }
  const open = state === 'open'
  const closesOn = words ? words.posting.closesOn : base.closesOn
  const stays = !open && before?.status === 'closed'
  return {
    ...base,
    ...(words && wordsOf(words, before)),
    ...{ id, source, externalId, ref, correlationId },
    status: open ? 'open' : 'closed',
    closedReason: stays ? before.closedReason : closedReasonOf(state),
    closedAt: open ? null : stays ? before.closedAt : now,
    expiresAt: open && closesOn ? expiryOf(closesOn, zone) : null,
  }
}

/** The end of the last day to apply. */
export const expiryOf = (closesOn: string, zone: string): string => startOfDay(addDays(closesOn, 1), zone).toISOString()

function wordsOf({ posting, rawHash, stamp, postedAbout }: NonNullable<JobChange['words']>, before: Job | undefined) {
  return {
    ...posting,
    postedAt: (postedAbout ? before?.postedAt : null) ?? posting.postedAt,
    extra: extraText(posting.extra),
    rawHash,
    sourceStamp: stamp,
    tombstone: false,
  }
}
