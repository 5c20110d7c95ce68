import { z } from 'zod'
import { PlatformFailure } from '#domain/platform-failure.ts'

const GraphError = z.object({
  error: z.object({
    message: z.string().catch('no message'),
    code: z.number().catch(0),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
  }),
})

/** Limits of application, account and business use case (PLATFORMS.md 5). */
const THROTTLED = new Set([4, 17, 32, 613, 80000, 80001, 80002, 80003, 80004, 80005, 80006, 80008, 80014])
const AUTH = new Set([102, 190, 10, 200, 2500, 104])
const UNAVAILABLE = new Set([1, 2])

/** No answer came: a read did nothing, a write may have been done. */
export const noAnswer = (method: string, where: string): PlatformFailure =>
  new PlatformFailure(method === 'GET' ? 'transient' : 'ambiguous', `${where}: no answer`)

/** An answer that says it worked in a shape that we cannot read. */
export const unreadable = (method: string, where: string): PlatformFailure =>
  new PlatformFailure(method === 'GET' ? 'transient' : 'ambiguous', `${where}: an answer that cannot be read`)

/** Runs reads whose answers the SDK, which checks nothing, or a schema may stumble over. */
export async function legible<T>(where: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof TypeError) throw unreadable('GET', where)
    throw error
  }
}

/** The platform tells minutes; 0 = calls are taken. */
export const secondsToRegain = (headers: Headers): number => {
  const found = /"estimated_time_to_regain_access":(\d+)/g
  const header = headers.get('x-business-use-case-usage') ?? ''
  return 60 * Math.max(0, ...[...header.matchAll(found)].map((m) => Number(m[1])))
}

/** The platform's answer in our words. `where` is method and path without a query: it may be logged. */
export function classify(method: string, where: string, answer: Response, body: unknown): PlatformFailure {
  const parsed = GraphError.safeParse(body)
  const retryAfter = Number(answer.headers.get('retry-after') ?? 0)
  if (!parsed.success) {
    if (answer.status === 429)
      return new PlatformFailure('throttled', `${where}: too many calls`, { retryAfterSeconds: retryAfter || 60 })
    const unread = method !== 'GET' && (answer.ok || answer.status >= 500)
    return new PlatformFailure(
      unread ? 'ambiguous' : 'transient',
      `${where}: HTTP ${answer.status} without a readable answer`,
    )
  }
  const {
    code,
    error_subcode: subcode,
    message,
    error_user_title: title,
    error_user_msg: text,
    is_transient,
  } = parsed.data.error
  const details = {
    code: subcode ? `${code}/${subcode}` : String(code),
    ...((text || title) && { userMessage: [title, text].filter(Boolean).join(': ') }),
  }
  if (AUTH.has(code)) return new PlatformFailure('auth', message, details)
  if (THROTTLED.has(code) || answer.status === 429) {
    const wait = Math.max(retryAfter, secondsToRegain(answer.headers), 60)
    return new PlatformFailure('throttled', message, { ...details, retryAfterSeconds: wait })
  }
  if (answer.status >= 500 || UNAVAILABLE.has(code) || is_transient)
    return new PlatformFailure(method === 'GET' ? 'transient' : 'ambiguous', message, details)
  return new PlatformFailure('refusal', message, details)
}
