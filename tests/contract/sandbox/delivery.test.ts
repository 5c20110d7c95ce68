import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT, ANDES_COP_ACCOUNT, IBERIA_ACCOUNT, type KnownAccount } from '#local/sandbox/accounts.ts'
import { adsetBody, campaignBody, create, creativeBody, setStatus, type Tree, targeting } from './ads.ts'
import { applications, rows, running, sum } from './rows.ts'
import { DAY, HOUR, handClock, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

test('an ad delivers day by day once it runs: figures, applications, nothing before its review', async () => {
  const tree = await running(sandbox, 'Delivers')
  expect(await rows(sandbox, tree.campaign)).toEqual([])
  sandbox.clock.advance(7 * DAY)
  const found = await rows(sandbox, tree.campaign)
  expect(found).toHaveLength(8)
  for (const row of found) {
    expect(row.date_stop).toBe(row.date_start)
    expect(Number(row.reach)).toBeLessThanOrEqual(Number(row.impressions))
    expect(Number(row.inline_link_clicks)).toBeLessThanOrEqual(Number(row.clicks))
    expect(Number(row.spend)).toBeLessThanOrEqual(20 * 1.75)
    expect(row.spend).toMatch(/^\d+\.\d{2}$/)
  }
  expect(sum(found, 'spend')).toBeGreaterThan(100)
  expect(applications(found)).toBeGreaterThan(5)
  const [whole] = await rows(sandbox, tree.campaign, 'date_preset=maximum')
  expect(Number(whole?.impressions)).toBe(sum(found, 'impressions'))
  expect(Number(whole?.reach)).toBeLessThan(found.reduce((total, row) => total + Number(row.reach), 0))
})

test('a pause cuts delivery at its minute, and the days before stay as they were', async () => {
  const tree = await running(sandbox, 'Cut at its minute')
  sandbox.clock.advance(3 * DAY)
  const before = await rows(sandbox, tree.campaign)
  await setStatus(sandbox, [tree.campaign], 'PAUSED')
  sandbox.clock.advance(4 * DAY)
  const after = await rows(sandbox, tree.campaign)
  expect(after.map((row) => [row.date_start, row.impressions, row.spend])).toEqual(
    before.map((row) => [row.date_start, row.impressions, row.spend]),
  )
  expect(applications(after)).toBeGreaterThanOrEqual(applications(before))
  await setStatus(sandbox, [tree.campaign], 'ACTIVE')
  sandbox.clock.advance(DAY)
  expect(sum(await rows(sandbox, tree.campaign), 'impressions')).toBeGreaterThan(sum(after, 'impressions'))
})

test('recent days are restated as late applications come in, spend is not', async () => {
  const tree = await running(sandbox, 'Restated', { adset: { daily_budget: '30000' } })
  sandbox.clock.advance(2 * DAY)
  const { date_start: day } = (await rows(sandbox, tree.campaign))[1] ?? { date_start: '' }
  const range = `time_range={"since":"${day}","until":"${day}"}`
  const [early] = await rows(sandbox, tree.campaign, range)
  sandbox.clock.advance(5 * DAY)
  const [late] = await rows(sandbox, tree.campaign, range)
  sandbox.clock.advance(5 * DAY)
  const [settled] = await rows(sandbox, tree.campaign, range)
  expect(applications([late])).toBeGreaterThan(applications([early]))
  expect(settled).toEqual(late)
})

test('an ad set delivers within its own times alone', async () => {
  const start = new Date(sandbox.clock.now() + 2 * DAY).toISOString()
  const end = new Date(sandbox.clock.now() + 4 * DAY).toISOString()
  const tree = await running(sandbox, 'Within its times', { adset: { start_time: start, end_time: end } })
  sandbox.clock.advance(DAY)
  expect(await rows(sandbox, tree.campaign)).toEqual([])
  sandbox.clock.advance(10 * DAY)
  const found = await rows(sandbox, tree.campaign)
  expect(found).toHaveLength(3)
  expect(sum(found, 'spend')).toBeLessThanOrEqual(40)
})

test('a day is a day of the account: the same instants fall on other dates in Madrid and Bogotá', async () => {
  const box = await testSandbox({
    hand: handClock('2026-11-20T22:00:00Z'),
    settings: { reviewMinutes: { min: 1, max: 1 } },
  })
  const spain = { geo_locations: { countries: ['CO'] }, targeting_automation: { advantage_audience: 0 } }
  const madrid = await running(box, 'Zones', { account: IBERIA_ACCOUNT, adset: { targeting: spain } })
  const bogota = await running(box, 'Zones')
  box.clock.advance(6 * HOUR)
  const dates = async (tree: Tree, account: KnownAccount) =>
    (await rows(box, tree.campaign, undefined, account)).map((row) => row.date_start)
  expect(await dates(madrid, IBERIA_ACCOUNT)).toEqual(['2026-11-20', '2026-11-21'])
  expect(await dates(bogota, ANDES_ACCOUNT)).toEqual(['2026-11-20'])
  await box.remove()
})

test('a campaign budget is shared among its ad sets and holds for all of them together', async () => {
  const campaign = await create(sandbox, 'campaigns', campaignBody({ name: 'Shared', daily_budget: 3000 }))
  const creative = await create(sandbox, 'adcreatives', creativeBody())
  const ids: string[] = []
  for (const country of ['CO', 'MX']) {
    const set = adsetBody(campaign, {
      name: country,
      daily_budget: undefined,
      targeting: targeting({ geo_locations: { countries: [country] } }),
    })
    const adset = await create(sandbox, 'adsets', set)
    ids.push(
      await create(sandbox, 'ads', {
        name: country,
        adset_id: adset,
        creative: { creative_id: creative },
        status: 'PAUSED',
      }),
      adset,
    )
  }
  await setStatus(sandbox, [...ids, campaign], 'ACTIVE')
  sandbox.clock.advance(28 * DAY)
  const sets = await rows(sandbox, campaign, 'level=adset&date_preset=maximum')
  expect(sets).toHaveLength(2)
  for (const set of sets) expect(Number(set.spend)).toBeGreaterThan(50)
  const days = await rows(sandbox, campaign)
  for (const day of days) expect(Number(day.spend)).toBeLessThanOrEqual(30 * 1.75)
  expect(sum(days, 'spend')).toBeLessThanOrEqual(30 * days.length)
  const [joined] = await rows(sandbox, campaign, 'date_preset=maximum')
  expect(Number(joined?.reach)).toBeLessThan(sets.reduce((total, set) => total + Number(set.reach), 0))
})

test('spend in a currency without minor units is a whole number, and equals the books', async () => {
  const tree = await running(sandbox, 'Pesos', { account: ANDES_COP_ACCOUNT, adset: { daily_budget: '80000' } })
  sandbox.clock.advance(4 * DAY)
  const found = await rows(sandbox, tree.campaign, undefined, ANDES_COP_ACCOUNT)
  for (const row of found) expect(row.spend).toMatch(/^\d+$/)
  const { body } = await sandbox.control('GET', `books?account=${ANDES_COP_ACCOUNT.id}`)
  expect(body.accounts[0].totals.spendMinor).toBe(sum(found, 'spend'))
  expect(body.accounts[0].totals.spendMicros).toBe(sum(found, 'spend') * 1_000_000)
})

test('a custom audience delivers to the people who were matched, and to none when they are too few', async () => {
  const audience = async (name: string, people: number) => {
    const id = await create(sandbox, 'customaudiences', {
      name,
      subtype: 'CUSTOM',
      customer_file_source: 'USER_PROVIDED_ONLY',
    })
    const data = Array.from({ length: people }, (_, i) => [i.toString(16).padStart(64, '0')])
    await sandbox.graph('POST', `${id}/users`, { payload: { schema: ['EMAIL'], data } })
    return id
  }
  const few = await running(sandbox, 'Few', {
    adset: { targeting: targeting({ custom_audiences: [{ id: await audience('Few', 60) }] }) },
  })
  const many = await running(sandbox, 'Many', {
    adset: { targeting: targeting({ custom_audiences: [{ id: await audience('Many', 3000) }] }) },
  })
  sandbox.clock.advance(10 * DAY)
  expect(await rows(sandbox, few.campaign)).toEqual([])
  const [reached] = await rows(sandbox, many.campaign, 'date_preset=maximum')
  expect(Number(reached?.reach)).toBeGreaterThan(100)
  expect(Number(reached?.reach)).toBeLessThan(3000)
})
