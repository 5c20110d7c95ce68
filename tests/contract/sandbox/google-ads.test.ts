import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GOOGLE_ANDES, GOOGLE_IBERIA } from '#local/sandbox/google-ads/accounts.ts'
import { type TestSandbox, testSandbox } from './world.ts'

/** Google's REST side as anybody who speaks HTTP sees it; the SDK's side is in the adapter's contract. */

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

const tokenFor = (account: typeof GOOGLE_ANDES, more: Record<string, string> = {}) =>
  sandbox.host(
    'oauth2.googleapis.com',
    'POST',
    '/token',
    { 'content-type': 'application/x-www-form-urlencoded' },
    new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: account.clientId,
      client_secret: account.clientSecret,
      refresh_token: account.refreshToken,
      ...more,
    }).toString(),
  )

async function search(query: string, method = 'search', customer = GOOGLE_ANDES.id) {
  const { body } = await tokenFor(GOOGLE_ANDES)
  return sandbox.host(
    'googleads.googleapis.com',
    'POST',
    `/v25/customers/${customer}/googleAds:${method}`,
    {
      authorization: `Bearer ${body.access_token}`,
      'developer-token': GOOGLE_ANDES.developerToken,
      'content-type': 'application/json',
    },
    JSON.stringify({ query }),
  )
}

describe('the token endpoint', () => {
  test('gives an access token for a grant, and says invalid_grant and invalid_client otherwise', async () => {
    expect((await tokenFor(GOOGLE_ANDES)).body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 })
    expect(await tokenFor(GOOGLE_ANDES, { refresh_token: '1//none' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(await tokenFor(GOOGLE_ANDES, { client_secret: 'GOCSPX-wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
  })
})

describe('a query', () => {
  test('finds places by name and country', async () => {
    const { body } = await search(
      `SELECT geo_target_constant.id, geo_target_constant.name FROM geo_target_constant WHERE geo_target_constant.name LIKE 'Medell%' AND geo_target_constant.country_code IN ('CO', 'PE') ORDER BY geo_target_constant.name LIMIT 5`,
    )
    expect(body.results).toEqual([
      { geoTargetConstant: expect.objectContaining({ name: 'Medellín', id: expect.stringMatching(/^\d+$/) }) },
    ])
  })

  test.each([
    ['SELECT campaign.nonsense FROM campaign', 'UNRECOGNIZED_FIELD'],
    ['SELECT campaign.id FROM nowhere', 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id', 'UNEXPECTED_END_OF_QUERY'],
    ['SELECT campaign.id FROM campaign LIMIT 0', 'BAD_LIMIT_VALUE'],
    ['campaign.id', 'EXPECTED_SELECT'],
  ])('%s is refused as %s', async (query, code) => {
    const { status, body } = await search(query)
    expect(status).toBe(400)
    expect(body.error.details[0].errors[0].errorCode).toEqual({ queryError: code })
  })

  test('that fails answers an object, a stream that fails an array', async () => {
    const plain = await search('SELECT')
    const stream = await search('SELECT', 'searchStream')
    expect(plain.body.error.status).toBe('INVALID_ARGUMENT')
    expect(stream.body).toEqual([{ error: expect.objectContaining({ status: 'INVALID_ARGUMENT' }) }])
  })

  test('about another customer’s account is forbidden', async () => {
    const { status, body } = await search('SELECT customer.id FROM customer', 'search', GOOGLE_IBERIA.id)
    expect(status).toBe(403)
    expect(body.error.details[0].errors[0].errorCode).toEqual({ authorizationError: 'USER_PERMISSION_DENIED' })
  })
})

test('quota that is used up is told with a delay', async () => {
  await sandbox.control('POST', 'faults', {
    platform: 'google-ads',
    fault: '429',
    operation: 'search',
    delaySeconds: 12,
  })
  const { status, body } = await search('SELECT customer.id FROM customer')
  expect(status).toBe(429)
  expect(body.error.details[0].errors[0].details.quotaErrorDetails.retryDelay).toBe('12s')
})

test('a fault that Google does not know is refused', async () => {
  const { status } = await sandbox.control('POST', 'faults', { platform: 'google-ads', fault: 'report-stuck' })
  expect(status).toBe(400)
})

test('its accounts are in the books under their ten digits', async () => {
  const { body } = await sandbox.control('GET', `books?account=${GOOGLE_IBERIA.id}`)
  expect(body.accounts).toEqual([
    expect.objectContaining({ id: GOOGLE_IBERIA.id, platform: 'google-ads', currency: 'EUR' }),
  ])
})
