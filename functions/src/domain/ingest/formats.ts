import { DomainError } from '../errors.ts'
import { FEED_FORMATS, FeedFormat } from '../feed.ts'
import { ashby } from './ashby.ts'
import { greenhouse } from './greenhouse.ts'
import { lever } from './lever.ts'
import type { Mapped, MappingContext } from './mapped.ts'
import { mapNative } from './native.ts'
import { recruitee } from './recruitee.ts'
import { isRecord, listed, listIn, type RawRecord, single } from './shapes.ts'
import { smartrecruiters } from './smartrecruiters.ts'
import { teamtailor } from './teamtailor.ts'
import { workable } from './workable.ts'
import { workday } from './workday.ts'

/** How one vendor's JSON becomes openings. All three functions are pure. */
export interface JsonFormat {
  /** True where the document can be nobody else's. */
  detects(document: unknown): boolean
  /** The document's records (none for an event that is not about jobs); undefined where it is not of this format. */
  records(document: unknown): RawRecord[] | undefined
  map(record: unknown, context: MappingContext): Mapped
}

const NATIVE_FIELDS = ['title', 'status', 'externalId']
const looksNative = (record: unknown): boolean => isRecord(record) && NATIVE_FIELDS.some((field) => field in record)

const native: JsonFormat = {
  detects(document) {
    if (Array.isArray(document)) return document.length === 0 || document.some(looksNative)
    if (!isRecord(document)) return false
    return looksNative(document) || (Array.isArray(document.jobs) && document.jobs.every(looksNative))
  },
  records(document) {
    if (Array.isArray(document)) return listed(document, '')
    if (isRecord(document) && isRecord(document.data) && typeof document.type === 'string')
      return [{ at: '/data', value: document.data, count: 1 }]
    return listIn(document, 'jobs') ?? (isRecord(document) ? single(document) : undefined)
  },
  map: mapNative,
}

export const JSON_FORMATS = {
  greenhouse,
  lever,
  ashby,
  smartrecruiters,
  workable,
  recruitee,
  teamtailor,
  workday,
  native,
} satisfies Partial<Record<FeedFormat, JsonFormat>>
export type JsonFormatName = keyof typeof JSON_FORMATS

export const isJsonFormat = (format: FeedFormat): format is JsonFormatName => format in JSON_FORMATS

/** The format of a parsed document; throws `unprocessable` naming those that are known. */
export function detectFormat(document: unknown): JsonFormatName {
  const names = Object.keys(JSON_FORMATS) as JsonFormatName[]
  const found = names.find((name) => JSON_FORMATS[name].detects(document))
  if (found) return found
  throw new DomainError('unprocessable', 'The document is of no format that is known', {
    remedy: `Send one of ${FEED_FORMATS.join(', ')}, and name it with ?format= where it is not recognised.`,
  })
}

/** Throws `invalid` naming the formats that are known. */
export function formatNamed(name: string): FeedFormat {
  const known = FeedFormat.safeParse(name.trim().toLowerCase())
  if (known.success) return known.data
  throw new DomainError('invalid', `No format ${JSON.stringify(name.slice(0, 40))}`, {
    remedy: `Use one of ${FEED_FORMATS.join(', ')}, or leave format out to have it recognised.`,
  })
}
