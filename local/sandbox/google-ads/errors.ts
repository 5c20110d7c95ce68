import type { Json } from '../events.ts'

export const GRPC = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const
const HTTP: Record<number, readonly [number, string]> = {
  3: [400, 'INVALID_ARGUMENT'],
  5: [404, 'NOT_FOUND'],
  7: [403, 'PERMISSION_DENIED'],
  8: [429, 'RESOURCE_EXHAUSTED'],
  13: [500, 'INTERNAL'],
  14: [503, 'UNAVAILABLE'],
  16: [401, 'UNAUTHENTICATED'],
}

export const FAILURE_TYPE = 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure'
export const RETRY_TYPE = 'type.googleapis.com/google.rpc.RetryInfo'

export type Step = string | readonly [field: string, index: number]

/** One error of a GoogleAdsFailure. */
export interface Problem {
  /** The member of ErrorCode, e.g. campaign_error, and its value. */
  kind: string
  code: string
  message: string
  path?: readonly Step[]
  trigger?: string
  /** QuotaErrorDetails.retry_delay. */
  retrySeconds?: number
}

/** Refuses a call; carries every problem that was found. */
export class GoogleAdsError extends Error {
  readonly status: number
  readonly problems: readonly Problem[]
  /** google.rpc.RetryInfo. */
  readonly retrySeconds: number | undefined

  constructor(status: number, problems: readonly Problem[], retrySeconds = problems[0]?.retrySeconds) {
    super(problems.map(({ code }) => code).join(', '))
    this.name = 'GoogleAdsError'
    this.status = status
    this.problems = problems
    this.retrySeconds = retrySeconds
  }
}

/** A single problem with the caller's own request. */
export const refused = (kind: string, code: string, message: string, path: readonly Step[] = []): GoogleAdsError =>
  new GoogleAdsError(GRPC.INVALID_ARGUMENT, [{ kind, code, message, path }])

const details = (retrySeconds: number): Json => ({
  quota_error_details: {
    rate_scope: 'ACCOUNT',
    rate_name: 'Requests per account',
    retry_delay: { seconds: String(retrySeconds) },
  },
})

/** GoogleAdsFailure in the names of the protos. */
export const failureOf = (problems: readonly Problem[], requestId: string): { [key: string]: Json } => ({
  errors: problems.map(({ kind, code, message, path, trigger, retrySeconds }) => ({
    error_code: { [kind]: code },
    message,
    ...(trigger !== undefined && { trigger: { string_value: trigger } }),
    ...(path && path.length > 0 && { location: { field_path_elements: path.map(element) } }),
    ...(retrySeconds !== undefined && { details: details(retrySeconds) }),
  })),
  request_id: requestId,
})

const element = (step: Step): Json =>
  typeof step === 'string' ? { field_name: step } : { field_name: step[0], index: step[1] }

/** The same failure over REST: status, and the body of one error. */
export function restError(
  { status, problems, retrySeconds }: GoogleAdsError,
  requestId: string,
): { http: number; error: Json } {
  const [http, name] = HTTP[status] ?? [500, 'INTERNAL']
  const failure = camel(failureOf(problems, requestId)) as { [key: string]: Json }
  return {
    http,
    error: {
      code: http,
      message: messageOf(status),
      status: name,
      details: [
        ...(problems.length > 0 ? [{ '@type': FAILURE_TYPE, ...failure }] : []),
        ...(retrySeconds !== undefined ? [{ '@type': RETRY_TYPE, retryDelay: `${retrySeconds}s` }] : []),
      ],
    },
  }
}

export const messageOf = (status: number): string =>
  status === GRPC.UNAUTHENTICATED
    ? 'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.'
    : status === GRPC.RESOURCE_EXHAUSTED
      ? 'Resource has been exhausted (e.g. check quota).'
      : status === GRPC.PERMISSION_DENIED
        ? 'The caller does not have permission'
        : status >= GRPC.INTERNAL
          ? 'Internal error encountered.'
          : 'Request contains an invalid argument.'

/** The protos' names as REST writes them; a Duration becomes its text. */
export function camel(value: Json): Json {
  if (Array.isArray(value)) return value.map(camel)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      key === 'retry_delay' ? `${String((inner as { seconds: Json }).seconds)}s` : camel(inner),
    ]),
  )
}
