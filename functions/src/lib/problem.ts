import { HTTPException } from 'hono/http-exception'
import { ZodError } from 'zod'
import { DomainError, type ErrorCode, type Problem } from '#domain/errors.ts'
import { context } from './context.ts'

const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  illegal_state: 409,
  too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>

/** RFC 9457. `correlationId` is what a recruiter sends to the one who reads the logs. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  remedy?: string
  problems?: Problem[]
  correlationId: string
}

/** JSON pointer of each issue, so that the sender finds the place. */
export const zodProblems = (error: Pick<ZodError, 'issues'>): Problem[] =>
  error.issues.map((issue) => ({ at: `/${issue.path.map(String).join('/')}`, message: issue.message }))

export function problemOf(error: unknown): ProblemDocument {
  const { correlationId } = context()
  if (error instanceof DomainError) {
    const { remedy, problems } = error.details
    return {
      type: `/problems/${error.code}`,
      title: error.message,
      status: STATUS[error.code],
      ...(remedy && { remedy }),
      ...(problems && { problems }),
      correlationId,
    }
  }
  if (error instanceof ZodError)
    return {
      type: '/problems/invalid',
      title: 'The request does not fit the schema',
      status: 400,
      remedy: 'See /openapi.json for what is expected.',
      problems: zodProblems(error),
      correlationId,
    }
  if (error instanceof HTTPException && error.status < 500)
    return {
      type: '/problems/invalid',
      title: error.message,
      status: error.status,
      remedy: 'See /openapi.json for what is expected; the body is JSON.',
      correlationId,
    }
  return {
    type: '/problems/internal',
    title: 'Something broke on our side',
    status: 500,
    remedy: `Try again; if it stays, report ${correlationId}.`,
    correlationId,
  }
}
