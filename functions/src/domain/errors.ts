/** Every way the domain says no. Each transport maps a code once (HTTP: lib/problem.ts). */
export const ERROR_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'illegal_state',
  'too_large',
  'unprocessable',
  'rate_limited',
  'unavailable',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One finding in an input: where (JSON pointer or line), what, and how to mend it. */
export interface Problem {
  at: string
  message: string
  remedy?: string
}

export interface ErrorDetails {
  /** The sentence that tells the reader what to do next. */
  remedy?: string
  problems?: Problem[]
  retryAfterSeconds?: number
}

/** A refusal that the caller can understand; anything else that is thrown is a fault of ours. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

export const notFound = (kind: string, id: string): DomainError =>
  new DomainError('not_found', `No ${kind} ${id}`, { remedy: `List them and use an id or ref that exists.` })
