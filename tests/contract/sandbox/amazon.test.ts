import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANDES_PROFILE, IBERIA_PROFILE, type KnownProfile } from '#local/sandbox/amazon-ads/accounts.ts'
import { type TestSandbox, testSandbox } from './world.ts'

const NA = 'advertising-api.amazon.com'
const EU = 'advertising-api-eu.amazon.com'

let sandbox: TestSandbox
let bearer: string
beforeAll(async () => {
  sandbox = await testSandbox({ settings: { localLinks: false, reportSeconds: 0 } })
  bearer = await tokenOf(ANDES_PROFILE)
})
afterAll(() => sandbox.remove())

const form = (fields: Record<string, string>) =>
  sandbox.host(
    'api.amazon.com',
    'POST',
    '/auth/o2/token',
    { 'content-type': 'application/x-www-form-urlencoded' },
    new URLSearchParams(fields).toString(),
  )
const grant = ({ clientId, clientSecret, refreshToken }: KnownProfile) => ({
  ...{ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken },
})
const tokenOf = async (profile: KnownProfile): Promise<string> => (await form(grant(profile))).body.access_token

const call = (method: string, path: string, body?: unknown, more: Record<string, string> = {}, host = NA) => {
  const headers = {
    ...{ authorization: `Bearer ${bearer}`, 'amazon-advertising-api-clientid': ANDES_PROFILE.clientId },
    ...{ 'amazon-advertising-api-scope': ANDES_PROFILE.id, 'content-type': 'application/json', ...more },
  }
  return sandbox.host(host, method, path, headers, body === undefined ? undefined : JSON.stringify(body))
}

const CAMPAIGN = {
  ...{ name: 'One', tactic: 'T00030', costType: 'cpc', budgetType: 'daily', budget: 20 },
  ...{ startDate: '20261120', endDate: '20261220', state: 'paused' },
}
/** From the books, which hold ids as text: a plain JSON.parse of an answer would round them. */
const idOf = async (name: string): Promise<string> => {
  const { body } = await sandbox.control('GET', 'books')
  return body.objects.find((object: { name: string }) => object.name === name)?.id
}

describe('Login with Amazon', () => {
  test('gives an access token of an hour for a refresh token, and the errors of RFC 6749 otherwise', async () => {
    const given = await form(grant(ANDES_PROFILE))
    expect(given.body).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: ANDES_PROFILE.refreshToken,
    })
    const error = async (change: Record<string, string>) =>
      (await form({ ...grant(ANDES_PROFILE), ...change })).body.error
    expect(await error({ refresh_token: 'Atzr|nobody' })).toBe('invalid_grant')
    expect(await error({ client_id: IBERIA_PROFILE.clientId })).toBe('invalid_grant')
    expect(await error({ client_secret: 'wrong' })).toBe('invalid_client')
    expect(await error({ grant_type: 'password' })).toBe('unsupported_grant_type')
  })

  test('no secret is in the record of calls', async () => {
    const { body } = await sandbox.control('GET', 'calls?operation=token')
    expect(body.calls.length).toBeGreaterThan(0)
    expect(JSON.stringify(body)).not.toContain(ANDES_PROFILE.refreshToken)
    expect(JSON.stringify(body)).not.toContain(ANDES_PROFILE.clientSecret)
  })
})

describe('who may ask', () => {
  test.each<[string, Record<string, string>, string?]>([
    ['without a token', { authorization: '' }],
    ['with a token nobody gave', { authorization: 'Bearer Atza|x' }],
    ['without the application', { 'amazon-advertising-api-clientid': '' }],
    ['for somebody else’s profile', { 'amazon-advertising-api-scope': IBERIA_PROFILE.id }],
    ['in another region', {}, EU],
  ])('%s: 401', async (_, headers, host) => {
    expect((await call('GET', '/sd/campaigns', undefined, headers, host)).status).toBe(401)
  })

  test('a profile that was created for a test works at once', async () => {
    const { body: made, status } = await sandbox.control('POST', 'accounts', {
      ...{ platform: 'amazon-ads', name: 'New', currency: 'EUR', timezone: 'Europe/Rome', country: 'IT' },
    })
    expect(status).toBe(201)
    const headers = {
      authorization: `Bearer ${await tokenOf(made)}`,
      'amazon-advertising-api-clientid': made.clientId,
      'amazon-advertising-api-scope': made.id,
    }
    const { body } = await call('GET', `/v2/profiles/${made.id}`, undefined, headers, EU)
    expect(body).toMatchObject({ countryCode: 'IT', currencyCode: 'EUR', timezone: 'Europe/Rome' })
  })
})

describe('a bulk request', () => {
  test('is answered row by row, in order: what is wrong with one leaves the others', async () => {
    const wrong: [object, RegExp][] = [
      [{ ...CAMPAIGN, budget: 0.99 }, /budget: .* at least 1\.00 USD/],
      [{ ...CAMPAIGN, budget: 1.005 }, /more decimals/],
      [{ ...CAMPAIGN, color: 'red' }, /color/],
      [{ ...CAMPAIGN, tactic: 'T00020' }, /T00030/],
      [{ ...CAMPAIGN, startDate: '20261119' }, /startDate: 20261119 has passed/],
      [{ ...CAMPAIGN, endDate: '20261119' }, /endDate/],
      [{ ...CAMPAIGN, startDate: '2026-11-20' }, /yyyymmdd/],
      [{ ...CAMPAIGN, name: 'x'.repeat(129) }, /name/],
      [{ ...CAMPAIGN, state: 'archived' }, /state/],
    ]
    const { status, body } = await call('POST', '/sd/campaigns', [CAMPAIGN, ...wrong.map(([row]) => row), CAMPAIGN])
    expect(status).toBe(207)
    expect(body.map(({ code }: { code: string }) => code)).toEqual([
      'SUCCESS',
      ...wrong.map(() => 'INVALID_ARGUMENT'),
      'SUCCESS',
    ])
    for (const [index, [, said]] of wrong.entries()) expect(body[index + 1].description).toMatch(said)
  })

  test('an ad leads to a public https page, in an ad group of its own campaign', async () => {
    await call('POST', '/sd/campaigns', [{ ...CAMPAIGN, name: 'Two' }])
    const campaignId = await idOf('Two')
    const group = { name: 'Group', campaignId, defaultBid: 1, state: 'paused' }
    await call('POST', '/sd/adGroups', [group])
    const adGroupId = await idOf('Group')
    const ad = { campaignId, adGroupId, landingPageType: 'OFF_AMAZON_LINK', state: 'paused' }
    const codes = async (rows: object[]) =>
      (await call('POST', '/sd/productAds', rows)).body.map(({ code }: { code: string }) => code)
    const addresses = ['https://jobs.example.com/1', 'http://jobs.example.com/1', 'http://localhost:1/', 'no']
    expect(await codes(addresses.map((landingPageURL) => ({ ...ad, landingPageURL })))).toEqual([
      'SUCCESS',
      ...Array.from({ length: 3 }, () => 'INVALID_ARGUMENT'),
    ])
    const elsewhere = { ...ad, campaignId: await idOf('One'), landingPageURL: addresses[0] }
    expect(await codes([elsewhere, { ...elsewhere, adGroupId: '1' }])).toEqual(['INVALID_ARGUMENT', 'NOT_FOUND'])
  })

  test('lists are filtered by exact name and state, and paged; what is archived cannot be changed back', async () => {
    await call(
      'POST',
      '/sd/campaigns',
      Array.from({ length: 3 }, () => ({ ...CAMPAIGN, name: 'Three' })),
    )
    const names = async (query: string) => (await call('GET', `/sd/campaigns?${query}`)).body.length
    expect(await names('name=Three')).toBe(3)
    expect(await names('name=Thre')).toBe(0)
    expect(await names('name=Three&startIndex=1&count=1')).toBe(1)
    await sandbox.control('POST', 'faults', { platform: 'amazon-ads', fault: 'page-2-failure' })
    expect(await names('name=Three&count=1')).toBe(1)
    expect((await call('GET', '/sd/campaigns?name=Three&startIndex=1&count=1')).status).toBe(500)
    await sandbox.control('POST', 'faults', { platform: 'amazon-ads', fault: 'partial-list' })
    expect(await names('name=Three')).toBe(1)
    const campaignId = await idOf('Three')
    expect((await call('DELETE', `/sd/campaigns/${campaignId}`)).body.code).toBe('SUCCESS')
    expect((await call('DELETE', '/sd/campaigns/1')).status).toBe(404)
    expect(await names('name=Three')).toBe(2)
    expect(await names('name=Three&stateFilter=archived')).toBe(1)
    const [row] = (await call('PUT', '/sd/campaigns', [{ campaignId, state: 'enabled' }])).body
    expect(row).toMatchObject({ code: 'INVALID_ARGUMENT', description: expect.stringContaining('archived') })
  })

  test('a body that is no list, or a path that is not there, is refused as a whole', async () => {
    expect((await call('POST', '/sd/campaigns', CAMPAIGN)).status).toBe(400)
    expect((await call('POST', '/sd/campaigns', [])).status).toBe(400)
    expect((await call('GET', '/sd/brands')).status).toBe(404)
    expect((await call('GET', '/sd/campaigns?color=red')).status).toBe(400)
  })
})

describe('reports', () => {
  const REPORT = { 'content-type': 'application/vnd.createasyncreportrequest.v3+json' }
  const asked = (more: object = {}) => ({
    ...{ name: 'days', startDate: '2026-11-01', endDate: '2026-11-20', ...more },
    configuration: {
      ...{ adProduct: 'SPONSORED_DISPLAY', groupBy: ['campaign'], columns: ['campaignId', 'date', 'cost'] },
      ...{ reportTypeId: 'sdCampaigns', timeUnit: 'DAILY', format: 'GZIP_JSON' },
    },
  })

  test('are asked for in their own media type, for at most 31 days', async () => {
    expect((await call('POST', '/reporting/reports', asked())).status).toBe(415)
    expect((await call('POST', '/reporting/reports', asked({ startDate: '2026-10-20' }), REPORT)).status).toBe(400)
    expect((await call('GET', '/reporting/reports/nothing')).status).toBe(404)
  })

  test('lie behind a signed link that takes no other proof', async () => {
    const { body } = await call('POST', '/reporting/reports', asked(), REPORT)
    const { body: done } = await call('GET', `/reporting/reports/${body.reportId}`)
    expect(done.status).toBe('COMPLETED')
    const { hostname, pathname, search } = new URL(done.url)
    expect((await sandbox.host(hostname, 'GET', `${pathname}${search}`, {})).status).toBe(200)
    const both = await sandbox.host(hostname, 'GET', `${pathname}${search}`, { authorization: `Bearer ${bearer}` })
    expect(both.status).toBe(400)
    const forged = await sandbox.host(hostname, 'GET', `${pathname}${search.replace(/.$/, '!')}`, {})
    expect(forged).toMatchObject({ status: 403, body: expect.stringContaining('expired') })
  })
})

test('Amazon’s faults are refused for other platforms', async () => {
  for (const fault of ['mixed-rows', 'corrupt-report'])
    expect((await sandbox.control('POST', 'faults', { platform: 'meta', fault })).status).toBe(400)
})
