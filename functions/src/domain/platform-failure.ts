import { z } from 'zod'
import { DomainError } from './errors.ts'

/**
 * What an ad platform's answer means for us (RELIABILITY.md 2.3, DESIGN.md 4):
 * transient = not done, try again · ambiguous = may have been done, look before repeating · throttled = wait as told ·
 * auth = a person must reconnect the account · refusal = the platform will never accept this.
 */
export const FailureKind = z.enum(['transient', 'ambiguous', 'throttled', 'auth', 'refusal'])
export type FailureKind = z.infer<typeof FailureKind>

export const FailureDetails = z.object({
  /** The platform's own code, e.g. "100/1885621". */
  code: z.string().exactOptional(),
  /** A sentence the platform wrote for people. */
  userMessage: z.string().exactOptional(),
  retryAfterSeconds: z.number().exactOptional(),
  /** A guard of ours stands before the platform: no attempt is counted, and the call comes again after `retryAfterSeconds`. */
  heldBy: z.enum(['kill_switch', 'daily_cap', 'rate_limit', 'breaker', 'auth']).exactOptional(),
})
export type FailureDetails = z.infer<typeof FailureDetails>

/** Never carries a token, a URL or a request body: it is logged and shown. */
export class PlatformFailure extends Error {
  readonly kind: FailureKind
  readonly details: FailureDetails

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(message)
    this.name = 'PlatformFailure'
    this.kind = kind
    this.details = details
  }
}

/** What a person who asked for it is told: a refusal and a dead token are `unprocessable`, everything else `unavailable`. */
export function toldOf(platform: string, failure: PlatformFailure): DomainError {
  const message = failure.details.userMessage ?? failure.message
  if (failure.kind === 'refusal') return new DomainError('unprocessable', `${platform}: ${message}`)
  if (failure.kind === 'auth')
    return new DomainError('unprocessable', `${platform} does not accept the connection's token: ${message}`, {
      remedy: 'Reconnect the ad account in Settings.',
    })
  return new DomainError('unavailable', `${platform} does not answer as it should: ${message}`, {
    remedy: 'Try again in a minute.',
    retryAfterSeconds: failure.details.retryAfterSeconds ?? 60,
  })
}
