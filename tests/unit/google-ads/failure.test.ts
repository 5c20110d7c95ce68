import { errors } from 'google-ads-api'
import { describe, expect, test } from 'vitest'
import { classify } from '#functions/adapters/google-ads/failure.ts'

/** What Google's answers mean, over gRPC (numbers, snake case) and over REST (names, camel case). */

const overGrpc = (kind: string, value: number, message = 'No.') =>
  errors.GoogleAdsFailure.decode(
    errors.GoogleAdsFailure.encode({ errors: [{ error_code: { [kind]: value }, message }] }).finish(),
  )
const overRest = (kind: string, code: string, more: object = {}) =>
  new errors.GoogleAdsFailure({ errors: [{ errorCode: { [kind]: code }, message: 'No.', ...more }] } as object)

describe('a failure that Google explains', () => {
  test('is named alike on both wires', () => {
    const grpc = classify(overGrpc('mutate_error', 3), 'mutate', true)
    const rest = classify(overRest('mutateError', 'RESOURCE_NOT_FOUND'), 'mutate', true)
    expect(grpc).toMatchObject({ kind: 'refusal', details: { code: 'mutate_error/RESOURCE_NOT_FOUND' } })
    expect({ ...rest.details, kind: rest.kind }).toEqual({ ...grpc.details, kind: grpc.kind })
  })

  test('about who calls needs a person', () => {
    for (const [kind, code] of [
      ['authenticationError', 'NOT_ADS_USER'],
      ['authenticationError', 'OAUTH_TOKEN_REVOKED'],
      ['authorizationError', 'CUSTOMER_NOT_ENABLED'],
      ['authorizationError', 'USER_PERMISSION_DENIED'],
    ] as const)
      expect(classify(overRest(kind, code), 'search', false).kind).toBe('auth')
  })

  test('about quota says how long to wait', () => {
    const details = { quotaErrorDetails: { rateScope: 'ACCOUNT', retryDelay: '27s' } }
    const soon = classify(overRest('quotaError', 'RESOURCE_TEMPORARILY_EXHAUSTED', { details }), 'search', false)
    expect(soon).toMatchObject({ kind: 'throttled', details: { retryAfterSeconds: 27 } })
    const daily = classify(overRest('quotaError', 'RESOURCE_EXHAUSTED'), 'search', false)
    expect(daily.details.retryAfterSeconds).toBeGreaterThanOrEqual(600)
  })

  test('about quota that the front end alone told of says how long to wait, on both wires', () => {
    const status = Object.assign(new Error('x'), {
      ...{ code: 8, details: 'Resource has been exhausted' },
      statusDetails: [{ reason: 'RATE_LIMIT_EXCEEDED' }, { retryDelay: { seconds: '30', nanos: 0 } }],
    })
    const rest = new errors.GoogleAdsFailure({ retryDelay: '29.5s' } as object)
    for (const thrown of [status, rest])
      expect(classify(thrown, 'mutate', true)).toMatchObject({ kind: 'throttled', details: { retryAfterSeconds: 30 } })
  })

  test('about Google itself is ambiguous for a write and nothing for a read', () => {
    expect(classify(overRest('internalError', 'INTERNAL_ERROR'), 'mutate', true).kind).toBe('ambiguous')
    expect(classify(overRest('internalError', 'INTERNAL_ERROR'), 'search', false).kind).toBe('transient')
  })
})

describe('a failure of the transport', () => {
  const grpc = (code: number) => Object.assign(new Error('secret-token'), { code })

  test('leaves a write unknown and a read undone', () => {
    for (const code of [1, 2, 4, 13, 14]) {
      expect(classify(grpc(code), 'mutate', true).kind).toBe('ambiguous')
      expect(classify(grpc(code), 'search', false).kind).toBe('transient')
    }
    expect(classify(new Error('socket hang up'), 'mutate', true).kind).toBe('ambiguous')
  })

  test('of the grant needs a person', () => {
    const revoked = Object.assign(new Error('x'), { response: { status: 400, data: { error: 'invalid_grant' } } })
    expect(classify(revoked, 'mutate', true)).toMatchObject({ kind: 'auth', details: { code: 'invalid_grant' } })
  })

  test('carries nothing of what was thrown', () => {
    expect(classify(grpc(14), 'mutate', true).message).not.toContain('secret')
  })
})
