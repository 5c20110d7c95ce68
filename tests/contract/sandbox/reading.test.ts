import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { adTree, campaignBody, create, errorOf, setStatus } from './ads.ts'
import { pngImage } from './images.ts'
import { type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
const ids: string[] = []
const ACCOUNT = ANDES_ACCOUNT.id
beforeAll(async () => {
  sandbox = await testSandbox()
  for (let i = 0; i < 12; i++) {
    sandbox.clock.advance(1000)
    ids.push(await create(sandbox, 'campaigns', campaignBody({ name: `Job ${i} ~Tok${i}x` })))
  }
})
afterAll(() => sandbox.remove())

const list = async (query: string, edge = 'campaigns') =>
  (await sandbox.graph('GET', `${ACCOUNT}/${edge}?${query}`)).body
const names = async (query: string): Promise<string[]> =>
  (await list(`fields=name&limit=100&${query}`)).data.map(({ name }: { name: string }) => name)
const filter = (field: string, operator: string, value: unknown) =>
  `filtering=${encodeURIComponent(JSON.stringify([{ field, operator, value }]))}`

test('a list comes newest first, page by page, through the address of its next page', async () => {
  const found: string[] = []
  let page = await list('fields=id&limit=5&summary=true')
  expect(page.summary.total_count).toBe(12)
  for (;;) {
    found.push(...page.data.map(({ id }: { id: string }) => id))
    if (!page.paging.next) break
    const next = new URL(page.paging.next)
    expect(next.origin).toBe('https://graph.facebook.com')
    page = (await sandbox.host('graph.facebook.com', 'GET', next.pathname + next.search, {})).body
  }
  expect(found).toEqual([...ids].reverse())
})

test('pages do not shift when something new is created between them, and a cursor outlives its object', async () => {
  const first = await list('fields=id&limit=4')
  const extra = await create(sandbox, 'campaigns', campaignBody({ name: 'In between' }))
  await setStatus(sandbox, [first.data[3].id], 'DELETED')
  const second = await list(`fields=id&limit=4&after=${first.paging.cursors.after}`)
  expect(second.data.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse().slice(4, 8))
  const back = await list(`fields=id&limit=4&before=${second.paging.cursors.before}`)
  expect(back.data).toHaveLength(4)
  await setStatus(sandbox, [extra], 'DELETED')
  expect(errorOf(await sandbox.graph('GET', `${ACCOUNT}/campaigns?after=nonsense!`))).toMatchObject({ code: 100 })
})

test('a name is looked up exactly, by a part of it and by its beginning', async () => {
  expect(await names(filter('name', 'EQUAL', 'Job 3 ~Tok3x'))).toEqual(['Job 3 ~Tok3x'])
  expect(await names(filter('name', 'CONTAIN', '~tok3X'))).toEqual(['Job 3 ~Tok3x'])
  expect(await names(filter('name', 'STARTS_WITH', 'Job 1'))).toEqual([
    'Job 11 ~Tok11x',
    'Job 10 ~Tok10x',
    'Job 1 ~Tok1x',
  ])
  expect(await names(filter('campaign.name', 'EQUAL', 'Job 3 ~Tok3x'))).toEqual(['Job 3 ~Tok3x'])
  expect(await names(filter('id', 'IN', [ids[0], ids[1]]))).toHaveLength(2)
  expect((await sandbox.graph('GET', `${ACCOUNT}/campaigns?${filter('name', 'LIKE', 'x')}`)).status).toBe(400)
  expect((await sandbox.graph('GET', `${ACCOUNT}/campaigns?${filter('shoe', 'EQUAL', 'x')}`)).status).toBe(400)
})

test('deleted and archived objects are listed only when their status is asked for', async () => {
  const gone = await create(sandbox, 'campaigns', campaignBody({ name: 'Gone' }))
  const kept = await create(sandbox, 'campaigns', campaignBody({ name: 'Kept' }))
  await setStatus(sandbox, [gone], 'DELETED')
  await setStatus(sandbox, [kept], 'ARCHIVED')
  expect(await names('')).not.toContain('Gone')
  expect(await names('')).not.toContain('Kept')
  expect(await names('effective_status=["ARCHIVED"]')).toEqual(['Kept'])
  expect(await names(filter('effective_status', 'IN', ['DELETED']))).toContain('Gone')
  expect((await sandbox.graph('GET', `${ACCOUNT}/campaigns?effective_status=["GONE"]`)).status).toBe(400)
})

test('edges lead from a campaign to its ad sets and ads, with fields of what lies above', async () => {
  const tree = await adTree(sandbox, { name: 'With edges' })
  const sets = await sandbox.graph(
    'GET',
    `${tree.campaign}/adsets?fields=name,campaign{name},daily_budget,budget_remaining,start_time,targeting`,
  )
  expect(sets.body.data).toEqual([
    expect.objectContaining({
      id: tree.adset,
      campaign: { id: tree.campaign, name: 'With edges' },
      daily_budget: '2000',
      budget_remaining: '2000',
      start_time: expect.stringMatching(/^2026-11-20T10:00:\d\d-0500$/),
    }),
  ])
  const ads = await sandbox.graph('GET', `${tree.campaign}/ads?fields=adset_id,creative{id,name,object_story_spec}`)
  expect(ads.body.data[0]).toMatchObject({
    id: tree.ad,
    adset_id: tree.adset,
    creative: { id: tree.creative, name: 'Creative ~k1' },
  })
  expect((await sandbox.graph('GET', `${tree.adset}/ads`)).body.data).toEqual([{ id: tree.ad }])
  expect((await sandbox.graph('GET', `${tree.adset}/horses`)).status).toBe(400)
})

test('an image is kept once by its content, and bad ones are refused with the reason', async () => {
  const upload = (bytes: Buffer | string) =>
    sandbox.graph('POST', `${ACCOUNT}/adimages`, {
      bytes: typeof bytes === 'string' ? bytes : bytes.toString('base64'),
    })
  const good = await upload(pngImage(1200, 628))
  const again = await upload(pngImage(1200, 628))
  expect(good.body.images.bytes).toMatchObject({ width: 1200, height: 628, hash: again.body.images.bytes.hash })
  expect((await list('fields=hash,width', 'adimages')).data).toHaveLength(1)
  for (const [bad, reason] of [
    [pngImage(300, 200), /at least 600 x 314/],
    [Buffer.from('GIF89a and so on, an image of former times'), /PNG and JPEG/],
    ['not base64!', /base64/],
  ] as const) {
    const answer = await upload(bad)
    expect(answer.status).toBe(400)
    expect(answer.body.error.error_user_msg ?? answer.body.error.message).toMatch(reason)
  }
  expect(errorOf(await sandbox.graph('POST', `${ACCOUNT}/adimages`, {}))).toMatchObject({ code: 100 })
})

test('an audience takes hashes alone, at most 10,000 rows, and says whether it can be delivered to', async () => {
  const id = await create(sandbox, 'customaudiences', {
    name: 'A',
    subtype: 'CUSTOM',
    customer_file_source: 'USER_PROVIDED_ONLY',
  })
  const hash = 'a'.repeat(64)
  const users = (data: unknown, method = 'POST') =>
    sandbox.graph(method, `${id}/users`, { payload: { schema: ['EMAIL'], data } })
  expect((await users([[hash], ['b'.repeat(64)]])).body).toMatchObject({
    audience_id: id,
    num_received: 2,
    num_invalid_entries: 0,
  })
  expect(errorOf(await users([['ana@example.com']]))).toMatchObject({ subcode: 1870015 })
  expect(errorOf(await users([[hash.toUpperCase()]]))).toMatchObject({ subcode: 1870015 })
  expect(errorOf(await users(Array.from({ length: 10_001 }, () => [hash])))).toMatchObject({ code: 100 })
  expect((await users([[hash]], 'DELETE')).body).toMatchObject({ num_received: 1 })
  const { body } = await sandbox.control('GET', 'books')
  expect(body.objects.find((object: { id: string }) => object.id === id).users).toBe(1)
  const state = await sandbox.graph('GET', `${id}?fields=delivery_status,approximate_count_lower_bound`)
  expect(state.body).toMatchObject({ delivery_status: { code: 300 }, approximate_count_lower_bound: 1000 })
  expect(
    errorOf(
      await sandbox.graph('POST', `${ACCOUNT}/customaudiences`, {
        name: 'L',
        subtype: 'LOOKALIKE',
        customer_file_source: 'USER_PROVIDED_ONLY',
      }),
    ),
  ).toMatchObject({ code: 100 })
  const shown = JSON.stringify((await sandbox.control('GET', 'calls?limit=20')).body)
  expect(shown).not.toContain(hash)
})

test('places and interests are searched, and a targeting is estimated', async () => {
  const search = async (query: string) => (await sandbox.graph('GET', `search?${query}`)).body
  const cities = await search('type=adgeolocation&location_types=["city"]&q=medell')
  expect(cities.data[0]).toMatchObject({ name: 'Medellín', type: 'city', country_code: 'CO', region: 'Antioquia' })
  expect((await search('type=adgeolocation&q=colom')).data[0]).toMatchObject({ key: 'CO', type: 'country' })
  const interests = await search('type=adinterest&q=nursing')
  expect(interests.data[0]).toMatchObject({ name: 'Nursing', id: expect.stringMatching(/^6003\d{9}$/) })
  const valid = await search('type=adinterestvalid&interest_list=["Nursing","Falconry%20of%20the%20moon"]')
  expect(valid.data.map(({ valid: ok }: { valid: boolean }) => ok)).toEqual([true, false])
  expect((await search('type=adinterestsuggestion&interest_list=["Nursing"]')).data.length).toBeGreaterThan(3)
  expect((await sandbox.graph('GET', 'search?type=adgeolocation')).status).toBe(400)
  expect((await sandbox.graph('GET', 'search?q=x')).status).toBe(400)
  const estimate = async (spec: unknown) =>
    (await sandbox.graph('GET', `${ACCOUNT}/reachestimate?targeting_spec=${encodeURIComponent(JSON.stringify(spec))}`))
      .body.data.users_lower_bound
  const country = await estimate({ geo_locations: { countries: ['CO'] } })
  const city = await estimate({ geo_locations: { cities: [{ key: cities.data[0].key }] } })
  const nurses = await estimate({ geo_locations: { countries: ['CO'] }, interests: [{ id: interests.data[0].id }] })
  expect(country).toBeGreaterThan(city)
  expect(country).toBeGreaterThan(nurses)
})
