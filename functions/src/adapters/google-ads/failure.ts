import { errors } from 'google-ads-api'
import { z } from 'zod'
import { type FailureDetails, PlatformFailure } from '#domain/platform-failure.ts'

/** gRPC status codes: https://grpc.io/docs/guides/status-codes */
const GRPC = {
  CANCELLED: 1,
  UNKNOWN: 2,
  DEADLINE_EXCEEDED: 4,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  ABORTED: 10,
}
const UNCERTAIN: readonly number[] = [GRPC.CANCELLED, GRPC.UNKNOWN, GRPC.DEADLINE_EXCEEDED, GRPC.ABORTED, 13, 14, 15]
const UNAUTHENTICATED = 16

/** Without a wait of its own: a short-term limit clears within a minute, the daily one not. */
const SHORT_WAIT_SECONDS = 60
const DAILY_WAIT_SECONDS = 3600

/** A Duration over REST ("30s") and over gRPC. */
function secondsOf(delay: z.infer<typeof Delay> | undefined): number | null {
  const seconds = typeof delay === 'string' ? Number.parseFloat(delay) : delay?.seconds
  return seconds === undefined || Number.isNaN(seconds) ? null : Math.ceil(seconds)
}

const Code = z.record(z.string(), z.unknown())
const Delay = z.union([z.string(), z.object({ seconds: z.coerce.number() })])
const Quota = z.object({ retry_delay: Delay.optional(), retryDelay: Delay.optional() })
const Problem = z.object({
  error_code: Code.optional(),
  errorCode: Code.optional(),
  message: z.string().catch(''),
  details: z
    .object({ quota_error_details: Quota.optional(), quotaErrorDetails: Quota.optional() })
    .nullish()
    .catch(null),
})
const Failure = z.object({ errors: z.array(Problem).min(1) })

export interface AdsProblem {
  /** "campaign_error" */
  kind: string
  /** "DUPLICATE_CAMPAIGN_NAME" */
  code: string
  message: string
  retryAfterSeconds: number | null
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** What a GoogleAdsFailure says, over gRPC and over REST; undefined for anything else. It is no Error: it has neither message nor stack. */
export function problemsOf(thrown: unknown): AdsProblem[] | undefined {
  if (!(thrown instanceof errors.GoogleAdsFailure)) return undefined
  const overRest = thrown.errors.some((problem) => 'errorCode' in problem)
  const plain: unknown = overRest ? thrown : errors.GoogleAdsFailure.toObject(thrown, { enums: String, longs: String })
  const read = Failure.safeParse(plain)
  if (!read.success) return undefined
  return read.data.errors.map((problem) => {
    const [kind = 'unknown', code = 'UNKNOWN'] = Object.entries(problem.error_code ?? problem.errorCode ?? {})[0] ?? []
    const quota = problem.details?.quota_error_details ?? problem.details?.quotaErrorDetails
    const delay = quota?.retry_delay ?? quota?.retryDelay
    return { kind: snake(kind), code: String(code), message: problem.message, retryAfterSeconds: secondsOf(delay) }
  })
}

/** google.rpc.RetryInfo, as gax reads it out of a status and as the SDK takes it for a failure of its own over REST. */
const Retry = z
  .object({ statusDetails: z.array(z.unknown()).catch([]) })
  .transform(({ statusDetails }) => statusDetails)
  .catch([])
const RetryInfo = z.object({ retryDelay: Delay }).or(z.object({ retry_delay: Delay }))

function retryIn(thrown: unknown): number | undefined {
  for (const detail of [thrown, ...Retry.parse(thrown)]) {
    const read = RetryInfo.safeParse(detail)
    if (!read.success) continue
    const seconds = secondsOf('retryDelay' in read.data ? read.data.retryDelay : read.data.retry_delay)
    if (seconds) return seconds
  }
  return undefined
}

/** What was thrown in our words; never its own text beyond Google's sentences, because it may carry a token or a body. */
export function classify(thrown: unknown, where: string, writes: boolean): PlatformFailure {
  if (thrown instanceof PlatformFailure) return thrown
  const problems = problemsOf(thrown)
  if (problems) return ofProblems(problems, where, writes)
  return ofTransport(thrown, where, writes)
}

function ofProblems(problems: readonly AdsProblem[], where: string, writes: boolean): PlatformFailure {
  const [first] = problems
  const userMessage = [...new Set(problems.map(({ message }) => message))].join(' ').slice(0, 1000)
  const details: FailureDetails = { code: `${first?.kind}/${first?.code}`, ...(userMessage && { userMessage }) }
  const some = (...kinds: string[]): boolean => problems.some(({ kind }) => kinds.includes(kind))
  const message = `${where}: ${problems.map(({ code }) => code).join(', ')}`
  if (some('authentication_error', 'authorization_error')) return new PlatformFailure('auth', message, details)
  if (some('quota_error')) {
    const daily = problems.some(({ code }) => code === 'RESOURCE_EXHAUSTED')
    const asked = Math.max(0, ...problems.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 0))
    const wait = asked || (daily ? DAILY_WAIT_SECONDS : SHORT_WAIT_SECONDS)
    return new PlatformFailure('throttled', message, { ...details, retryAfterSeconds: wait })
  }
  if (some('internal_error')) return new PlatformFailure(writes ? 'ambiguous' : 'transient', message, details)
  // Somebody else changed it at the same moment: nothing was done.
  if (some('database_error')) return new PlatformFailure('transient', message, details)
  return new PlatformFailure('refusal', message, details)
}

const Grpc = z.object({ code: z.int() })
/** A REST answer that names its status and no more, as the SDK wraps it. */
const Named = z.object({ cause: z.object({ code: z.number() }) })
const Http = z.object({
  response: z.object({ status: z.number(), data: z.object({ error: z.string() }).optional().catch(undefined) }),
})

/** Grants that only a person can give again. */
const GRANT = /invalid_grant|invalid_client|unauthorized_client/

function ofTransport(thrown: unknown, where: string, writes: boolean): PlatformFailure {
  const uncertain = writes ? 'ambiguous' : 'transient'
  const http = Http.safeParse(thrown)
  if (http.success) return ofHttp(http.data.response, where, uncertain)
  const named = Named.safeParse(thrown)
  if (named.success) return ofHttp({ status: named.data.cause.code }, where, uncertain)
  // The API's front end has said no before the API was reached: it explains nothing but when to come again.
  const asked = retryIn(thrown)
  const grpc = Grpc.safeParse(thrown)
  if (asked !== undefined && (!grpc.success || grpc.data.code === GRPC.RESOURCE_EXHAUSTED))
    return new PlatformFailure('throttled', `${where}: too many calls`, { retryAfterSeconds: asked })
  if (!grpc.success) return new PlatformFailure(uncertain, `${where}: no answer that can be read`)
  const { code } = grpc.data
  const message = `${where}: gRPC status ${code}`
  if (code === UNAUTHENTICATED || code === GRPC.PERMISSION_DENIED) return new PlatformFailure('auth', message)
  if (code === GRPC.RESOURCE_EXHAUSTED)
    return new PlatformFailure('throttled', message, { retryAfterSeconds: SHORT_WAIT_SECONDS })
  return new PlatformFailure(UNCERTAIN.includes(code) ? uncertain : 'refusal', message)
}

function ofHttp(
  { status, data }: { status: number; data?: { error: string } | undefined },
  where: string,
  uncertain: 'ambiguous' | 'transient',
): PlatformFailure {
  const grant = GRANT.exec(data?.error ?? '')?.[0]
  if (grant) return noGrant(where, grant)
  const message = `${where}: HTTP ${status}`
  if (status === 401 || status === 403) return new PlatformFailure('auth', message)
  if (status === 429) return new PlatformFailure('throttled', message, { retryAfterSeconds: SHORT_WAIT_SECONDS })
  return new PlatformFailure(status >= 500 ? uncertain : 'refusal', message)
}

const noGrant = (where: string, grant: string): PlatformFailure =>
  new PlatformFailure('auth', `${where}: ${grant}`, {
    code: grant,
    userMessage: 'Google no longer accepts the refresh token or the client of this connection.',
  })

/** Nothing came within the time that we wait. */
export const noAnswer = (where: string, writes: boolean): PlatformFailure =>
  new PlatformFailure(writes ? 'ambiguous' : 'transient', `${where}: no answer`)
