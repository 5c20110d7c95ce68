import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT, GEMINI_KEY } from '#local/sandbox/accounts.ts'
import { adsetBody, adTree, campaignBody, creativeBody, type Tree } from './ads.ts'
import { DAY, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
let tree: Tree
const defects: unknown[] = []
beforeAll(async () => {
  sandbox = await testSandbox({
    log: (message, fields) => {
      if (message === 'sandbox defect') defects.push(fields)
    },
  })
  tree = await adTree(sandbox)
})
afterAll(() => sandbox.remove())

const ACCOUNT = ANDES_ACCOUNT.id
/** Whatever JSON can hold, with the values that usually break things well represented. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', '0', -1, 1e21, '../..', '{{x}}', '\u0000', [[]], [null], { a: null }, '120230000000010007'),
)

/** A good body with one of its values, however deep, replaced by anything. */
function spoiled(good: unknown): fc.Arbitrary<unknown> {
  if (typeof good !== 'object' || good === null || Object.keys(good).length === 0) return anything
  return fc.tuple(fc.constantFrom(...Object.keys(good)), fc.boolean()).chain(([key, deeper]) => {
    const value = (good as Record<string, unknown>)[key]
    return (deeper ? spoiled(value) : anything).map((bad) =>
      Array.isArray(good) ? good.map((item, index) => (String(index) === key ? bad : item)) : { ...good, [key]: bad },
    )
  })
}

test('no body of a create or an update makes the sandbox fail: it accepts or refuses', async () => {
  const bodies: [string, object][] = [
    [`${ACCOUNT}/campaigns`, campaignBody()],
    [`${ACCOUNT}/adsets`, adsetBody(tree.campaign)],
    [`${ACCOUNT}/adcreatives`, creativeBody()],
    [`${ACCOUNT}/ads`, { name: 'x', adset_id: tree.adset, creative: { creative_id: tree.creative }, status: 'PAUSED' }],
    [`${ACCOUNT}/adimages`, { bytes: 'aGVsbG8=', name: 'x' }],
    [`${ACCOUNT}/customaudiences`, { name: 'x', subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' }],
    [
      `${ACCOUNT}/insights`,
      {
        level: 'ad',
        fields: ['spend'],
        time_range: { since: '2026-11-01', until: '2026-11-02' },
        filtering: [{ field: 'ad.id', operator: 'IN', value: ['1'] }],
      },
    ],
    [tree.adset, { daily_budget: '3000', end_time: '2027-05-01', targeting: { geo_locations: { countries: ['CO'] } } }],
    [tree.ad, { status: 'ACTIVE', creative: { creative_id: tree.creative } }],
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bodies).chain(([path, body]) => fc.tuple(fc.constant(path), spoiled(body))),
      async ([path, body]) => {
        const { status } = await sandbox.graph('POST', path, body as object)
        expect([200, 400, 403]).toContain(status)
      },
    ),
    { numRuns: 600 },
  )
  expect(defects).toEqual([])
})

test('no address makes the sandbox fail', async () => {
  const paths = [
    '%',
    '%E0%A4%A',
    '..%2f..%2f',
    'act_',
    'act_0/campaigns',
    `${ACCOUNT}/campaigns/x/y`,
    `${ACCOUNT}/campaigns?fields=}`,
    `${ACCOUNT}/campaigns?fields=id{{`,
    `${ACCOUNT}/campaigns?filtering=[1,null]`,
    `${ACCOUNT}/campaigns?filtering={"a":1}`,
    `${ACCOUNT}/campaigns?limit=-1`,
    `${ACCOUNT}/campaigns?limit=abc`,
    `${ACCOUNT}/campaigns?effective_status=ACTIVE`,
    `${ACCOUNT}/insights?time_range=5`,
    `${ACCOUNT}/insights?time_range={"since":"x"}`,
    `${ACCOUNT}/insights?filtering=[{}]`,
    `${ACCOUNT}/insights?after=MA`,
    `${ACCOUNT}/reachestimate?targeting_spec=5`,
    'search?type=adgeolocation&q=%25',
    'search?type=adinterestvalid&interest_list=x',
    '?ids=',
    '?ids=1,2',
    'debug_token',
    `${tree.campaign}/insights?fields=`,
  ]
  for (const path of paths)
    for (const method of ['GET', 'POST', 'DELETE', 'PUT']) {
      const { status } = await sandbox.graph(method, path)
      expect([200, 400, 403, 405], `${method} ${path}`).toContain(status)
    }
  expect(defects).toEqual([])
})

test('no control message and no prompt makes the sandbox fail', async () => {
  const posts: [string, object][] = [
    ['clock', { advance: 'PT0S' }],
    ['faults', { fault: '500', operation: 'me', times: 1, rate: 0.5, after: 1 }],
    ['accounts', { name: 'x', currency: 'USD', timezone: 'UTC' }],
    ['tokens', { token: 'EAAgarbage', state: 'valid' }],
    ['clicks', { ad: tree.ad, count: 1 }],
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...posts).chain(([path, body]) => fc.tuple(fc.constant(path), spoiled(body))),
      async ([path, body]) => {
        expect((await sandbox.control('POST', path, body)).status).toBeLessThan(500)
      },
    ),
    { numRuns: 150 },
  )
  await sandbox.control('DELETE', 'faults')
  const prompt = {
    contents: [{ parts: [{ text: 'Title: x' }] }],
    generationConfig: {
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING', maxLength: 3 } } },
    },
  }
  await fc.assert(
    fc.asyncProperty(spoiled(prompt), async (body) => {
      const path = '/v1beta/models/gemini-2.5-flash:generateContent'
      const answer = await sandbox.host(
        'generativelanguage.googleapis.com',
        'POST',
        path,
        { 'x-goog-api-key': GEMINI_KEY },
        JSON.stringify(body),
      )
      expect([200, 400]).toContain(answer.status)
    }),
    { numRuns: 150 },
  )
  expect(defects).toEqual([])
})

test('whatever was accepted delivers sound figures and survives a restart', async () => {
  const { objects } = (await sandbox.control('GET', 'books?detail=totals')).body
  for (const { id, kind } of objects) {
    if (kind === 'campaign' || kind === 'adset') await sandbox.graph('POST', id, { status: 'ACTIVE' })
    const ad = { name: 'Ad', adset_id: id, creative: { creative_id: tree.creative } }
    if (kind === 'adset') await sandbox.graph('POST', `${ACCOUNT}/ads`, ad)
  }
  sandbox.clock.advance(20 * DAY)
  const before = (await sandbox.control('GET', 'books')).body
  expect(before.accounts[0].totals.impressions).toBeGreaterThan(0)
  for (const { totals } of before.campaigns)
    for (const [figure, value] of Object.entries(totals)) {
      expect(Number.isSafeInteger(value), figure).toBe(true)
      expect(value).toBeGreaterThanOrEqual(0)
    }
  sandbox = await sandbox.restart()
  expect((await sandbox.control('GET', 'books')).body.campaigns).toEqual(before.campaigns)
  expect(defects).toEqual([])
})
