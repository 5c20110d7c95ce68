import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANDES_ACCOUNT, ANDES_COP_ACCOUNT, IBERIA_ACCOUNT } from '#local/sandbox/accounts.ts'
import { searchInterests } from '#local/sandbox/data/interests.ts'
import { searchCities } from '#local/sandbox/data/places.ts'
import { adsetBody, adTree, campaignBody, create, creativeBody, errorOf, targeting } from './ads.ts'
import { type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
let campaign: string
beforeAll(async () => {
  sandbox = await testSandbox()
  campaign = await create(sandbox, 'campaigns', campaignBody())
})
afterAll(() => sandbox.remove())

type Body = Record<string, unknown>
const refusal = async (edge: string, body: Body, account = ANDES_ACCOUNT) => {
  const answer = await sandbox.graph('POST', `${account.id}/${edge}`, body, account)
  return errorOf(answer)
}
const bogota = searchCities('Bogotá')[0]?.key ?? ''
const interest = (name: string) => ({ id: searchInterests(name)[0]?.id ?? '' })
const city = (changes: Body) => ({ geo_locations: { cities: [{ key: bogota, ...changes }] } })

describe('a campaign is refused', () => {
  const cases: [string, Body, number?][] = [
    ['without special_ad_categories', { special_ad_categories: undefined }],
    ['with a category that does not exist', { special_ad_categories: ['JOBS'] }],
    ['of a special category without its countries', { special_ad_category_country: undefined }, 2909034],
    ['with a country that does not exist', { special_ad_category_country: ['XX'] }],
    ['with an objective of former times', { objective: 'LINK_CLICKS' }],
    ['without a name', { name: '' }],
    ['without budget and without a word on sharing', { is_adset_budget_sharing_enabled: undefined }, 4834011],
    ['with two budgets', { daily_budget: 2000, lifetime_budget: 90_000 }, 1885621],
    ['with a budget below the minimum', { daily_budget: 99 }, 1885272],
    ['with a budget of zero', { daily_budget: 0 }, 1885272],
    ['with a negative budget', { daily_budget: -5 }],
    ['with a budget in major units', { daily_budget: '20.50' }],
    ['with a status that a new object cannot have', { status: 'DELETED' }],
    ['with what the sandbox does not imitate', { spend_cap: 10_000 }],
  ]
  test.each(cases)('%s', async (_, changes, subcode) => {
    expect(await refusal('campaigns', campaignBody(changes))).toEqual({ status: 400, code: 100, subcode })
  })
})

describe('an ad set is refused', () => {
  const cases: [string, Body, number?][] = [
    ['without a budget anywhere', { daily_budget: undefined }, 1487061],
    ['with two budgets', { lifetime_budget: '90000' }, 1885621],
    ['with a budget below the minimum', { daily_budget: '50' }, 1885272],
    [
      'with a lifetime budget and no end',
      { daily_budget: undefined, lifetime_budget: '90000', end_time: undefined },
      1487094,
    ],
    [
      'with an end before its start',
      { start_time: '2026-12-05T00:00:00-0500', end_time: '2026-12-01T00:00:00-0500' },
      1487033,
    ],
    ['with an end in the past', { start_time: '2026-01-01', end_time: '2026-02-01' }, 1487007],
    ['with a daily budget for less than a day', { end_time: '2026-11-20T20:00:00-0500' }, 1487033],
    ['with an end that is no date', { end_time: 'soon' }],
    ['in a campaign that does not exist', { campaign_id: '120239999999999999' }, 1487390],
    ['with a goal that its objective does not have', { optimization_goal: 'THRUPLAY' }],
    ['without the event that counts', { promoted_object: undefined }, 1885014],
    [
      'with a pixel of another account',
      { promoted_object: { pixel_id: IBERIA_ACCOUNT.pixelId, custom_event_type: 'LEAD' } },
      1815645,
    ],
    [
      'with an event that does not exist',
      { promoted_object: { pixel_id: ANDES_ACCOUNT.pixelId, custom_event_type: 'HIRED' } },
    ],
    ['without a targeting', { targeting: undefined }],
    ['without a place', { targeting: { targeting_automation: { advantage_audience: 0 } } }, 1885364],
    ['without a word on Advantage audience', { targeting: { geo_locations: { countries: ['CO'] } } }, 1870227],
    ['with a country that does not exist', { targeting: targeting({ geo_locations: { countries: ['XX'] } }) }, 1487479],
    [
      'with a city that does not exist',
      { targeting: targeting({ geo_locations: { cities: [{ key: '1' }] } }) },
      1487479,
    ],
    [
      'with a city and its own country',
      { targeting: targeting({ geo_locations: { countries: ['CO'], cities: [{ key: bogota }] } }) },
      1487756,
    ],
    [
      'with an interest that does not exist',
      { targeting: targeting({ flexible_spec: [{ interests: [{ id: '1' }] }] }) },
      1487694,
    ],
    ['with an audience that does not exist', { targeting: targeting({ custom_audiences: [{ id: '1' }] }) }, 1487301],
    ['with a key that targeting does not have', { targeting: targeting({ hobby: ['chess'] }) }],
    ['with targeting that would have no effect here', { targeting: targeting({ behaviors: [{ id: '1' }] }) }],
    [
      'in the EU without a beneficiary',
      { targeting: targeting({ geo_locations: { countries: ['ES'] } }), dsa_payor: 'X' },
      3858081,
    ],
    [
      'in the EU without a payor',
      { targeting: targeting({ geo_locations: { countries: ['ES'] } }), dsa_beneficiary: 'X' },
      3858079,
    ],
  ]
  test.each(cases)('%s', async (_, changes, subcode) => {
    expect(await refusal('adsets', adsetBody(campaign, changes))).toEqual({ status: 400, code: 100, subcode })
  })

  test('when its campaign has the budget already', async () => {
    const owner = await create(sandbox, 'campaigns', campaignBody({ daily_budget: 2000 }))
    expect(await refusal('adsets', adsetBody(owner))).toMatchObject({ subcode: 1885621 })
    expect(await create(sandbox, 'adsets', adsetBody(owner, { daily_budget: undefined }))).toMatch(/^1202/)
  })

  test('when its objective has no conversions', async () => {
    const traffic = await create(sandbox, 'campaigns', campaignBody({ objective: 'OUTCOME_TRAFFIC' }))
    expect(await refusal('adsets', adsetBody(traffic))).toMatchObject({ subcode: 2490408 })
  })

  test('when its campaign belongs to another account', async () => {
    expect(await refusal('adsets', adsetBody(campaign, {}, ANDES_COP_ACCOUNT), ANDES_COP_ACCOUNT)).toMatchObject({
      subcode: 1487390,
    })
  })
})

describe('an ad for a job may not', () => {
  const cases: [string, Body][] = [
    ['choose ages', { age_min: 25 }],
    ['choose ages from above', { age_max: 45 }],
    ['choose a gender', { genders: [1] }],
    ['target a postcode', { geo_locations: { zips: [{ key: 'US:94304' }] } }],
    ['exclude a place', { excluded_geo_locations: { countries: ['CO'] } }],
    ['exclude detailed targeting', { exclusions: { interests: [interest('Nursing')] } }],
    ['exclude an audience', { excluded_custom_audiences: [{ id: '1' }] }],
    ['draw a small radius in miles', city({ radius: 11, distance_unit: 'mile' })],
    ['draw a small radius in kilometres', city({ radius: 20, distance_unit: 'kilometer' })],
    ['use an interest that stands for a protected group', { flexible_spec: [{ interests: [interest('Retirement')] }] }],
    ['be shown where its campaign did not declare it', { geo_locations: { countries: ['PE'] } }],
  ]
  test.each(cases)('%s', async (_, changes) => {
    const answer = await sandbox.graph(
      'POST',
      `${ANDES_ACCOUNT.id}/adsets`,
      adsetBody(campaign, { targeting: targeting(changes) }),
    )
    expect(errorOf(answer)).toEqual({ status: 400, code: 100, subcode: 2909034 })
    expect(answer.body.error.error_user_msg).toMatch(/\w{3}/)
  })

  test('and may draw the radius that it must, with interests and cities', async () => {
    const allowed = targeting({
      ...city({ radius: 25, distance_unit: 'kilometer' }),
      flexible_spec: [{ interests: [interest('Nursing')] }],
    })
    expect(await create(sandbox, 'adsets', adsetBody(campaign, { targeting: allowed }))).toMatch(/^1202/)
  })
})

describe('a creative is refused', () => {
  const cases: [string, Body][] = [
    ['without a link', { link: undefined }],
    ['with a link that is not https', { link: 'http://jobs.example.com' }],
    ['with a link that is no address', { link: 'jobs' }],
    ['with an image that was never uploaded', { image_hash: 'f'.repeat(32) }],
    ['with a button that does not exist', { call_to_action: { type: 'HIRE_ME' } }],
    ['with an instant form', { call_to_action: { type: 'APPLY_NOW', value: { lead_gen_form_id: '1' } } }],
    ['with a message that is no text', { message: 5 }],
  ]
  test.each(cases)('%s', async (_, changes) => {
    expect(await refusal('adcreatives', creativeBody(changes))).toMatchObject({ status: 400, code: 100 })
  })

  test('in the name of a page of another business', async () => {
    expect(await refusal('adcreatives', creativeBody({}, IBERIA_ACCOUNT))).toMatchObject({ subcode: 1487202 })
  })
})

test('an ad needs an ad set and a creative of its own account', async () => {
  const tree = await adTree(sandbox)
  const body = { name: 'x', adset_id: tree.adset, creative: { creative_id: tree.creative } }
  expect(await refusal('ads', { ...body, adset_id: tree.campaign })).toMatchObject({ subcode: 1487390 })
  expect(await refusal('ads', { ...body, creative: { creative_id: '5' } })).toMatchObject({ subcode: 1487015 })
  expect(await refusal('ads', { ...body, creative: undefined })).toMatchObject({ code: 100 })
})

test('a dry run validates and creates nothing', async () => {
  const before = (await sandbox.control('GET', 'books')).body.objects.length
  const dry = { execution_options: ['validate_only'] }
  const good = await sandbox.graph('POST', `${ANDES_ACCOUNT.id}/campaigns`, campaignBody(dry))
  expect(good.body).toEqual({ success: true })
  expect(await refusal('campaigns', campaignBody({ ...dry, objective: 'X' }))).toMatchObject({ code: 100 })
  expect((await sandbox.control('GET', 'books')).body.objects).toHaveLength(before)
})

test('names are not unique and a create that is repeated makes a second object', async () => {
  const twice = [await create(sandbox, 'campaigns', campaignBody()), await create(sandbox, 'campaigns', campaignBody())]
  expect(new Set(twice).size).toBe(2)
})

test('the id that the SDK adds to every create is ignored, and so is what the platform does not know, which the record tells', async () => {
  await create(sandbox, 'campaigns', campaignBody({ id: ANDES_ACCOUNT.id, colour: 'blue' }))
  const { body } = await sandbox.control('GET', 'calls?operation=create-campaign&limit=1')
  expect(body.calls[0]).toMatchObject({ status: 200, ignored: ['colour'] })
})

test('a currency without minor units takes whole amounts and has its own minimum', async () => {
  const account = ANDES_COP_ACCOUNT
  const owner = await create(sandbox, 'campaigns', campaignBody(), account)
  expect(await refusal('adsets', adsetBody(owner, { daily_budget: '4000' }, account), account)).toMatchObject({
    subcode: 1885272,
  })
  const id = await create(sandbox, 'adsets', adsetBody(owner, { daily_budget: '20000' }, account), account)
  const { body } = await sandbox.graph('GET', `${id}?fields=daily_budget`, undefined, account)
  expect(body.daily_budget).toBe('20000')
  const least = await sandbox.graph('GET', `${account.id}/minimum_budgets`, undefined, account)
  expect(least.body.data).toEqual([expect.objectContaining({ currency: 'COP', min_daily_budget_imp: 4100 })])
})
