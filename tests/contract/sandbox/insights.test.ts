import { afterAll, beforeAll, expect, test } from 'vitest'
import { ANDES_ACCOUNT, IBERIA_ACCOUNT } from '#local/sandbox/accounts.ts'
import { activate, adTree, errorOf, type Tree } from './ads.ts'
import { DAY, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
const trees: Tree[] = []
const ACCOUNT = ANDES_ACCOUNT.id
beforeAll(async () => {
  sandbox = await testSandbox({ settings: { reportSeconds: 10, syncInsightsMaxRows: 60 } })
  for (let i = 0; i < 3; i++) {
    const tree = await adTree(sandbox, { name: `Report ${i}` })
    await activate(sandbox, tree)
    trees.push(tree)
  }
  sandbox.clock.advance(12 * DAY)
})
afterAll(() => sandbox.remove())

const read = async (node: string, query: string) =>
  (await sandbox.graph('GET', `${node}/insights?limit=500&${query}`)).body
const start = async (params: object) => (await sandbox.graph('POST', `${ACCOUNT}/insights`, params)).body.report_run_id

test('a level is read with the names of what lies above it and nothing of what lies below', async () => {
  const fields = 'campaign_id,campaign_name,adset_id,ad_id,impressions,objective'
  const campaigns = (await read(ACCOUNT, `level=campaign&date_preset=maximum&fields=${fields}`)).data
  expect(campaigns).toHaveLength(3)
  expect(campaigns[0]).toMatchObject({
    campaign_id: trees[0]?.campaign,
    campaign_name: 'Report 0',
    objective: 'OUTCOME_LEADS',
  })
  expect(campaigns[0]).not.toHaveProperty('ad_id')
  const ads = (await read(ACCOUNT, `level=ad&date_preset=maximum&fields=${fields}`)).data
  expect(ads[0]).toMatchObject({ campaign_id: trees[0]?.campaign, adset_id: trees[0]?.adset, ad_id: trees[0]?.ad })
})

test('the account is the sum of its campaigns, but for reach', async () => {
  const fields = 'fields=impressions,clicks,spend,reach'
  const [account] = (await read(ACCOUNT, `date_preset=maximum&${fields}`)).data
  const campaigns = (await read(ACCOUNT, `level=campaign&date_preset=maximum&${fields}`)).data
  const total = (figure: string) =>
    campaigns.reduce((sum: number, row: Record<string, string>) => sum + Number(row[figure]), 0)
  expect(Number(account.impressions)).toBe(total('impressions'))
  expect(Number(account.spend)).toBeCloseTo(total('spend'), 6)
  expect(Number(account.reach)).toBeLessThan(total('reach'))
})

test('rates are those of the sums and are left out where their denominator is zero', async () => {
  const [row] = (
    await read(
      trees[0]?.campaign ?? '',
      'date_preset=maximum&fields=impressions,clicks,spend,ctr,cpc,cpm,frequency,reach,cost_per_action_type',
    )
  ).data
  expect(Number(row.ctr)).toBeCloseTo((100 * row.clicks) / row.impressions, 5)
  expect(Number(row.cpc)).toBeCloseTo(row.spend / row.clicks, 5)
  expect(Number(row.cpm)).toBeCloseTo((1000 * row.spend) / row.impressions, 5)
  expect(Number(row.frequency)).toBeCloseTo(row.impressions / row.reach, 5)
  expect(row.cost_per_action_type.map((cost: { action_type: string }) => cost.action_type)).toContain(
    'submit_application_total',
  )
})

test('days are grouped by increments, presets and months', async () => {
  const dates = async (query: string) =>
    (await read(trees[0]?.campaign ?? '', `fields=impressions&${query}`)).data.map(
      (row: { date_start: string; date_stop: string }) => `${row.date_start}/${row.date_stop}`,
    )
  expect(await dates('time_increment=7&time_range={"since":"2026-11-20","until":"2026-12-02"}')).toEqual([
    '2026-11-20/2026-11-26',
    '2026-11-27/2026-12-02',
  ])
  expect(await dates('time_increment=monthly&time_range={"since":"2026-11-01","until":"2026-12-31"}')).toEqual([
    '2026-11-01/2026-11-30',
    '2026-12-01/2026-12-02',
  ])
  expect(await dates('date_preset=yesterday')).toEqual(['2026-12-01/2026-12-01'])
  expect(await dates('date_preset=last_3d&time_increment=1')).toHaveLength(3)
  expect(await dates('date_preset=this_month')).toEqual(['2026-12-01/2026-12-02'])
})

test('insights are filtered by what they belong to', async () => {
  const filtering = encodeURIComponent(
    JSON.stringify([{ field: 'campaign.id', operator: 'IN', value: [trees[1]?.campaign] }]),
  )
  const { data } = await read(ACCOUNT, `level=campaign&date_preset=maximum&fields=campaign_id&filtering=${filtering}`)
  expect(data.map((row: { campaign_id: string }) => row.campaign_id)).toEqual([trees[1]?.campaign])
})

test.each([
  ['a level that does not exist', 'level=galaxy'],
  ['a field that does not exist', 'fields=happiness'],
  ['a range that ends before it begins', 'time_range={"since":"2026-12-02","until":"2026-12-01"}'],
  ['a date that is none', 'time_range={"since":"2026-02-30","until":"2026-12-01"}'],
  ['an increment out of bounds', 'time_increment=120'],
  ['a preset that does not exist', 'date_preset=last_blue_moon'],
  ['a breakdown, which is not imitated', 'breakdowns=age'],
  ['a range beyond 37 months', 'time_range={"since":"2020-01-01","until":"2026-12-01"}'],
])('%s is refused', async (_, query) => {
  expect((await sandbox.graph('GET', `${ACCOUNT}/insights?${query}`)).status).toBe(400)
})

test('too much at once is refused with the way out: an asynchronous report', async () => {
  expect((await read(ACCOUNT, 'level=campaign&time_increment=1&date_preset=maximum')).data).toHaveLength(39)
  const many = await sandbox.graph('GET', `${ACCOUNT}/insights?level=ad&time_increment=1&date_preset=maximum&limit=5`)
  expect(many.status).toBe(200)
  const box = await testSandbox({ hand: sandbox.clock, settings: { syncInsightsMaxRows: 5 } })
  const tree = await adTree(box, { name: 'Much' })
  await activate(box, tree)
  sandbox.clock.advance(8 * DAY)
  expect(
    errorOf(await box.graph('GET', `${ACCOUNT}/insights?level=ad&time_increment=1&date_preset=maximum`)),
  ).toMatchObject({ code: 100, subcode: 1487534 })
  await box.remove()
})

test('a report goes through its stages in virtual time and answers the figures of the moment it was asked for', async () => {
  const run = await start({
    level: 'campaign',
    time_increment: 1,
    date_preset: 'maximum',
    fields: 'campaign_id,spend,impressions',
  })
  const state = async () => (await sandbox.graph('GET', `${run}?fields=async_status,async_percent_completion`)).body
  expect(await state()).toMatchObject({ async_status: 'Job Not Started', async_percent_completion: 0 })
  expect(errorOf(await sandbox.graph('GET', `${run}/insights`))).toMatchObject({ code: 2601 })
  const truth = (await sandbox.control('GET', 'books')).body.accounts.find(
    ({ id }: { id: string }) => id === ACCOUNT,
  ).totals
  sandbox.clock.advance(5000)
  expect(await state()).toMatchObject({ async_status: 'Job Running', async_percent_completion: 50 })
  sandbox.clock.advance(6000)
  expect(await state()).toEqual({ id: run, async_status: 'Job Completed', async_percent_completion: 100 })
  sandbox.clock.advance(3 * DAY)
  const found: { spend: string; impressions: string }[] = []
  let after = ''
  do {
    const page = (await sandbox.graph('GET', `${run}/insights?limit=7${after}`)).body
    found.push(...page.data)
    after = page.paging?.next ? `&after=${page.paging.cursors.after}` : ''
  } while (after)
  expect(found.reduce((sum, row) => sum + Math.round(Number(row.spend) * 100), 0)).toBe(truth.spendMinor)
  expect(found.reduce((sum, row) => sum + Number(row.impressions), 0)).toBe(truth.impressions)
})

test('a report of another business does not exist, and bad questions are refused before a report is begun', async () => {
  const run = await start({ level: 'campaign', date_preset: 'maximum' })
  expect(errorOf(await sandbox.graph('GET', run, undefined, IBERIA_ACCOUNT))).toMatchObject({ code: 100, subcode: 33 })
  expect((await sandbox.graph('POST', `${ACCOUNT}/insights`, { level: 'galaxy' })).status).toBe(400)
})

test('a deleted campaign leaves the rows, stays in the total, and is found when its status is asked for', async () => {
  const gone = trees[2]?.campaign ?? ''
  const [before] = (await read(ACCOUNT, 'date_preset=maximum&fields=impressions')).data
  await sandbox.graph('DELETE', gone)
  const rows = (await read(ACCOUNT, 'level=campaign&date_preset=maximum&fields=campaign_id')).data
  expect(rows.map((row: { campaign_id: string }) => row.campaign_id)).not.toContain(gone)
  expect((await read(ACCOUNT, 'date_preset=maximum&fields=impressions')).data[0].impressions).toBe(before.impressions)
  expect((await read(gone, 'date_preset=maximum')).data).toHaveLength(1)
  const filtering = encodeURIComponent(
    JSON.stringify([{ field: 'campaign.effective_status', operator: 'IN', value: ['DELETED'] }]),
  )
  expect(
    (await read(ACCOUNT, `level=campaign&date_preset=maximum&fields=campaign_id&filtering=${filtering}`)).data,
  ).toEqual([expect.objectContaining({ campaign_id: gone })])
})
