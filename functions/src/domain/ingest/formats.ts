import { DomainError } from '../errors.ts'
import { FEED_FORMATS, FeedFormat } from '../feed.ts'
import type { Mapped, MappingContext } from './mapped.ts'
import { mapNative } from './native.ts'

/** A record as it lies in its document. */
export interface RawRecord {
  /** JSON pointer inside the document. */
  at: string
  value: unknown
  /** How many records of the document this one stands for (Workable lists an opening once per place). */
  count: number
}

/** How one vendor's JSON becomes openings. Both functions are pure. */
export interface JsonFormat {
  /** The document's records; undefined where it is not of this format. */
  records(document: unknown): RawRecord[] | undefined
  map(record: unknown, context: MappingContext): Mapped
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The elements of a list with their pointers. */
export const listed = (values: readonly unknown[], pointer: string): RawRecord[] =>
  values.map((value, index) => ({ at: `${pointer}/${index}`, value, count: 1 }))

const native: JsonFormat = {
  records(document) {
    if (Array.isArray(document)) return listed(document, '')
    if (!isRecord(document)) return undefined
    if (Array.isArray(document.jobs)) return listed(document.jobs, '/jobs')
    return [{ at: '', value: document, count: 1 }]
  },
  map: mapNative,
}

export const JSON_FORMATS: Partial<Record<FeedFormat, JsonFormat>> = { native }

/** Throws `invalid` naming the formats that are known. */
export function formatNamed(name: string): FeedFormat {
  const known = FeedFormat.safeParse(name.trim().toLowerCase())
  if (known.success) return known.data
  throw new DomainError('invalid', `No format ${JSON.stringify(name.slice(0, 40))}`, {
    remedy: `Use one of ${FEED_FORMATS.join(', ')}, or leave format out to have it recognised.`,
  })
}
