import { z } from 'zod'
import { Failure } from './failure.ts'

const ProblemDocument = z.object({
  title: z.string(),
  detail: z.string().optional(),
  remedy: z.string().optional(),
  problems: z.array(z.object({ at: z.string(), message: z.string(), remedy: z.string().optional() })).optional(),
  correlationId: z.string().optional(),
})

/** RFC 9110: seconds or a date. */
export function retryAfterMs(header: string | null, now = Date.now()): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Throws Failure where it is no JSON: another server answers there. */
export async function readJson(base: string, response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure(`${base} does not answer like AdFlux`, { remedy: 'Check the address of the profile.' })
  }
}

/** What a problem document says, as a Failure. */
export async function refusal(base: string, response: Response): Promise<Failure> {
  const text = await response.text().catch(() => '')
  const { status } = response
  let content: unknown = null
  try {
    content = JSON.parse(text)
  } catch {
    content = null
  }
  const read = ProblemDocument.safeParse(content)
  if (!read.success)
    return new Failure(`${base} answered ${status} without saying why`, {
      status,
      remedy: status < 400 ? 'Check the address of the profile.' : 'Check it with "adflux doctor".',
    })
  const { title, detail, remedy, problems, correlationId } = read.data
  const after = retryAfterMs(response.headers.get('retry-after'))
  const advice = remedy ?? (after ? `Try again in ${Math.ceil(after / 1000)} s` : undefined)
  return new Failure(detail && detail !== title ? `${title}: ${detail}` : title, {
    status,
    ...(advice && { remedy: advice }),
    ...(problems && { problems }),
    ...(correlationId && { correlationId }),
  })
}

/** The system's word for why there was no answer: ECONNREFUSED, ENOTFOUND, TimeoutError… */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'TimeoutError'
  const cause = error.cause
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code
  return inner instanceof Error ? inner.message : error.message
}

/** A request that got no answer in its time is not repeated: it would take as long again. */
export const isPassing = (error: unknown): boolean => codeOf(error) !== 'TimeoutError'

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'that host does not exist',
  EAI_AGAIN: 'that host cannot be looked up now',
  ECONNRESET: 'it broke the connection',
  UND_ERR_SOCKET: 'it broke the connection',
}

/** Why nothing was heard, and what to start. */
export function unreachable(base: string, error: unknown, timeoutMs: number): Failure {
  const code = codeOf(error)
  const here = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(base).hostname)
  const remedy = here ? 'Start AdFlux with "npm start"' : 'Check the address and the network with "adflux doctor"'
  if (code === 'TimeoutError')
    return new Failure(`${base} did not answer within ${Math.round(timeoutMs / 1000)} s`, {
      remedy: here ? 'Is it running? Start AdFlux with "npm start"' : remedy,
    })
  return new Failure(`No answer from ${base}: ${REASONS[code] ?? code}`, { remedy })
}
