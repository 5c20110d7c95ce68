import { afterAll, beforeAll, expect, test } from 'vitest'
import { activate, adTree, create, creativeBody, errorOf, setStatus, type Tree } from './ads.ts'
import { DAY, HOUR, type TestSandbox, testSandbox } from './world.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await testSandbox()
})
afterAll(() => sandbox.remove())

const MINUTE = 60_000
const status = async (id: string): Promise<string> =>
  (await sandbox.graph('GET', `${id}?fields=effective_status`)).body.effective_status

/** What an ad shows as it goes through its life. */
const shown = ({ ad }: Tree): Promise<string> => status(ad)

test('an ad that is switched on is reviewed for minutes before it runs', async () => {
  const tree = await adTree(sandbox, { name: 'Reviewed' })
  expect(await shown(tree)).toBe('PAUSED')
  await activate(sandbox, tree)
  expect(await shown(tree)).toBe('PENDING_REVIEW')
  sandbox.clock.advance(4 * MINUTE)
  expect(await shown(tree)).toBe('PENDING_REVIEW')
  sandbox.clock.advance(12 * MINUTE)
  expect(await shown(tree)).toBe('ACTIVE')
  expect(await status(tree.adset)).toBe('ACTIVE')
  expect(await status(tree.campaign)).toBe('ACTIVE')
})

test('a paused parent shows on everything below it, and a second activation needs no second review', async () => {
  const tree = await adTree(sandbox, { name: 'Paused parents' })
  await activate(sandbox, tree)
  sandbox.clock.advance(HOUR)
  await setStatus(sandbox, [tree.adset], 'PAUSED')
  expect([await status(tree.campaign), await status(tree.adset), await shown(tree)]).toEqual([
    'ACTIVE',
    'PAUSED',
    'ADSET_PAUSED',
  ])
  await setStatus(sandbox, [tree.campaign], 'PAUSED')
  expect([await status(tree.adset), await shown(tree)]).toEqual(['PAUSED', 'CAMPAIGN_PAUSED'])
  await setStatus(sandbox, [tree.campaign, tree.adset], 'ACTIVE')
  expect(await shown(tree)).toBe('ACTIVE')
})

test.each([
  [
    'a promise of income',
    { message: 'Guaranteed income from the first day, join our team in Bogotá today!' },
    'Unrealistic Outcomes',
  ],
  [
    'an age and a gender in Spanish',
    { message: 'Buscamos hombres de 25 a 35 años para nuestra bodega.' },
    'Discriminatory Practices',
  ],
  ['good looks', { name: 'Recepcionista con buena presencia' }, 'Discriminatory Practices'],
])('the review refuses %s and says why', async (_, link, reason) => {
  const tree = await adTree(sandbox, { name: `Refused for ${reason} ${JSON.stringify(link).length}`, link })
  await activate(sandbox, tree)
  sandbox.clock.advance(HOUR)
  const { body } = await sandbox.graph('GET', `${tree.ad}?fields=effective_status,ad_review_feedback`)
  expect(body.effective_status).toBe('DISAPPROVED')
  expect(Object.keys(body.ad_review_feedback.global)).toEqual([reason])
  sandbox.clock.advance(2 * DAY)
  expect((await sandbox.graph('GET', `${tree.campaign}/insights?date_preset=maximum`)).body.data).toEqual([])
})

test('a refused ad that gets a new creative is reviewed again and runs', async () => {
  const tree = await adTree(sandbox, {
    name: 'Mended',
    link: { message: 'Solo mujeres para trabajo de oficina en nuestra sede.' },
  })
  await activate(sandbox, tree)
  sandbox.clock.advance(HOUR)
  expect(await shown(tree)).toBe('DISAPPROVED')
  const mended = await create(sandbox, 'adcreatives', creativeBody())
  await sandbox.graph('POST', tree.ad, { creative: { creative_id: mended } })
  expect(await shown(tree)).toBe('PENDING_REVIEW')
  sandbox.clock.advance(HOUR)
  expect(await shown(tree)).toBe('ACTIVE')
})

test('what is deleted stays readable by id, takes what is below it along, and cannot come back', async () => {
  const tree = await adTree(sandbox, { name: 'Deleted' })
  expect((await sandbox.graph('DELETE', tree.campaign)).body).toEqual({ success: true })
  expect([await status(tree.campaign), await status(tree.adset), await shown(tree)]).toEqual([
    'DELETED',
    'DELETED',
    'DELETED',
  ])
  expect(errorOf(await sandbox.graph('POST', tree.campaign, { status: 'ACTIVE' }))).toMatchObject({ subcode: 1487056 })
  expect((await sandbox.graph('DELETE', tree.campaign)).body).toEqual({ success: true })
})

test('an archived object only changes its name or is deleted', async () => {
  const tree = await adTree(sandbox, { name: 'Archived' })
  await setStatus(sandbox, [tree.campaign], 'ARCHIVED')
  expect(await shown(tree)).toBe('ARCHIVED')
  expect(errorOf(await sandbox.graph('POST', tree.campaign, { status: 'ACTIVE' }))).toMatchObject({ subcode: 1487862 })
  expect((await sandbox.graph('POST', tree.campaign, { name: 'Renamed' })).body).toEqual({ success: true })
  expect((await sandbox.graph('POST', tree.campaign, { status: 'DELETED' })).body).toEqual({ success: true })
})

test('an update that says what is so already changes nothing in the history', async () => {
  const tree = await adTree(sandbox, { name: 'Idempotent' })
  for (let i = 0; i < 3; i++) await setStatus(sandbox, [tree.campaign], 'PAUSED')
  const { body } = await sandbox.control('GET', 'books')
  const { history } = body.objects.find(({ id }: { id: string }) => id === tree.campaign)
  expect(history).toHaveLength(1)
})

test('a budget may be changed four times an hour, and what is fixed not at all', async () => {
  const tree = await adTree(sandbox, { name: 'Budgets' })
  for (let i = 1; i <= 4; i++) {
    sandbox.clock.advance(MINUTE)
    expect((await sandbox.graph('POST', tree.adset, { daily_budget: String(2000 + i) })).status).toBe(200)
  }
  expect(errorOf(await sandbox.graph('POST', tree.adset, { daily_budget: '9000' }))).toMatchObject({
    code: 613,
    subcode: 1487632,
  })
  sandbox.clock.advance(HOUR)
  expect((await sandbox.graph('POST', tree.adset, { daily_budget: '9000' })).status).toBe(200)
  expect(errorOf(await sandbox.graph('POST', tree.adset, { lifetime_budget: '90000' }))).toMatchObject({ code: 100 })
  expect(errorOf(await sandbox.graph('POST', tree.adset, { optimization_goal: 'REACH' }))).toMatchObject({ code: 100 })
  expect(errorOf(await sandbox.graph('POST', tree.campaign, { daily_budget: '9000' }))).toMatchObject({
    subcode: 1885621,
  })
})
