import { z } from 'zod'
import { PlatformFailure } from '#domain/platform-failure.ts'

/** The API spells its errors in several ways: code + details, code + detail, code + description. */
const Told = z.object({
  code: z.coerce.string().catch(''),
  details: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
})
const DEFAULT_WAIT_SECONDS = 30

/** Seconds, or the date until which they are to be waited (RFC 9110 10.2.3). */
export function retryAfter(headers: Headers, now = Date.now()): number {
  const told = headers.get('retry-after') ?? ''
  const seconds = /^\d+$/.test(told) ? Number(told) : Math.ceil((Date.parse(told) - now) / 1000)
  return seconds > 0 ? seconds : DEFAULT_WAIT_SECONDS
}

const sentence = (told: z.infer<typeof Told>): string | undefined => told.details ?? told.detail ?? told.description

/** No answer came: a read did nothing, a write may have been done. */
export const noAnswer = (reads: boolean, where: string): PlatformFailure =>
  new PlatformFailure(reads ? 'transient' : 'ambiguous', `${where}: no answer`)

/** An answer that says it worked in a shape that we cannot read. */
export const unreadable = (reads: boolean, where: string): PlatformFailure =>
  new PlatformFailure(reads ? 'transient' : 'ambiguous', `${where}: an answer that cannot be read`)

/** An error of the API as a whole. `where` is method and path without a query: it may be logged. */
export function classify(
  reads: boolean,
  where: string,
  status: number,
  headers: Headers,
  body: unknown,
): PlatformFailure {
  const told = Told.catch({ code: '' }).parse(body)
  const say = sentence(told)
  const message = `${where}: HTTP ${status}${say ? `, ${say}` : ''}`
  const details = { ...(told.code && { code: told.code }), ...(say && { userMessage: say }) }
  if (status === 429)
    return new PlatformFailure('throttled', message, {
      ...details,
      retryAfterSeconds: retryAfter(headers),
    })
  if (status === 401 || status === 403) return new PlatformFailure('auth', message, details)
  if (status >= 500) return new PlatformFailure(reads ? 'transient' : 'ambiguous', message, details)
  return new PlatformFailure('refusal', message, details)
}

const THROTTLED = new Set(['429', 'THROTTLED', 'TOO_MANY_REQUESTS'])
const AUTH = new Set(['401', '403', 'UNAUTHORIZED', 'FORBIDDEN'])
/** The row's own server failed: it may or may not be there. */
const UNKNOWN = new Set(['500', 'INTERNAL_ERROR', 'SERVER_IS_BUSY', 'SERVICE_UNAVAILABLE'])

/** One row of an answer 207 that did not succeed. */
export function classifyRow(where: string, row: unknown): PlatformFailure {
  const told = Told.catch({ code: '' }).parse(row)
  const say = sentence(told)
  const message = `${where}: ${say ?? told.code}`
  const details = { code: told.code, ...(say && { userMessage: say }) }
  if (THROTTLED.has(told.code))
    return new PlatformFailure('throttled', message, { ...details, retryAfterSeconds: DEFAULT_WAIT_SECONDS })
  if (AUTH.has(told.code)) return new PlatformFailure('auth', message, details)
  if (UNKNOWN.has(told.code)) return new PlatformFailure('ambiguous', message, details)
  return new PlatformFailure('refusal', message, details)
}
