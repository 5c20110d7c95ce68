import { describe, expect, test } from 'vitest'
import { classify, noAnswer } from '#functions/adapters/meta/failure.ts'

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers })
const error = (code: number, more: object = {}) => ({ error: { message: 'why', code, ...more } })
const kind = (method: string, status: number, body: unknown) =>
  classify(method, `${method} /x`, answer(status), body).kind

describe('what Meta’s answers mean', () => {
  test('no answer to a write may mean that it was done; to a read it means nothing', () => {
    expect(noAnswer('POST', 'POST /x').kind).toBe('ambiguous')
    expect(noAnswer('GET', 'GET /x').kind).toBe('transient')
  })

  test('an unreadable or failing answer to a write is ambiguous, never a reason to create again', () => {
    expect(kind('POST', 500, undefined)).toBe('ambiguous')
    expect(kind('POST', 200, undefined)).toBe('ambiguous')
    expect(kind('POST', 500, error(2))).toBe('ambiguous')
    expect(kind('POST', 400, error(1, { is_transient: true }))).toBe('ambiguous')
    expect(kind('GET', 502, undefined)).toBe('transient')
  })

  test('limits wait, tokens need a person, rules go back to the recruiter', () => {
    expect(kind('POST', 400, error(17))).toBe('throttled')
    expect(kind('GET', 400, error(80004))).toBe('throttled')
    expect(kind('POST', 429, undefined)).toBe('throttled')
    expect(kind('POST', 400, error(190, { error_subcode: 463 }))).toBe('auth')
    expect(kind('POST', 400, error(100, { error_subcode: 1885621 }))).toBe('refusal')
  })

  test('the wait is the one that Meta names', () => {
    const usage = JSON.stringify({
      '1': [{ type: 'ads_management', call_count: 100, estimated_time_to_regain_access: 7 }],
    })
    const failure = classify('POST', 'POST /x', answer(400, { 'x-business-use-case-usage': usage }), error(80004))
    expect(failure.details.retryAfterSeconds).toBe(420)
  })

  test('people get Meta’s own sentence, and nobody gets the token', () => {
    const failure = classify(
      'POST',
      'POST /act_1/campaigns',
      answer(400),
      error(100, { error_user_title: 'Budget', error_user_msg: 'Too low' }),
    )
    expect(failure.details.userMessage).toBe('Budget: Too low')
    expect(JSON.stringify(failure) + failure.message + failure.stack).not.toContain('access_token')
  })
})
