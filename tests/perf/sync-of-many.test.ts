import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountKey } from '#domain/connection.ts'
import { PLATFORMS, type PlatformKey } from '#domain/ids.ts'
import { readMetrics } from '#functions/capabilities/metrics/read-metrics.ts'
import { type Counts, counted } from '#tests/support/counted.ts'
import { type ManyCampaigns, manyCampaigns, ORG } from '#tests/support/many-campaigns.ts'

/** Three ad accounts, one on each platform, first with 30 campaigns in all, then with 10,000; the real adapters, the real wire. */

const FEW = 30
const MANY = 10_000
const DAY = 86_400_000

interface Cost extends Counts {
  /** "meta.create-report" -> how often it was called. */
  calls: Record<string, number>
}

let world: ManyCampaigns
const first: Record<number, Cost> = {}
const unchanged: Record<number, Cost> = {}
const expected: Record<number, Record<string, number>> = {}
/** The platforms' own truth of all of them: the clock stands still once they are synced. */
let books: Awaited<ReturnType<ManyCampaigns['sandbox']['figures']>>
beforeAll(async () => {
  world = await manyCampaigns()
  const counts = counted(world.db)
  const sync = async (): Promise<Cost> => {
    const before = await world.sandbox.calls()
    counts.take()
    await world.sync()
    return { calls: since(before, await world.sandbox.calls()), ...counts.take() }
  }
  for (const campaigns of [FEW, MANY]) {
    await world.grow(campaigns)
    world.sandbox.advance(DAY)
    first[campaigns] = await sync()
    unchanged[campaigns] = await sync()
    books = await world.sandbox.figures()
    expected[campaigns] = pagesAsked()
    console.log(`${campaigns} campaigns: ${JSON.stringify({ first: first[campaigns], again: unchanged[campaigns] })}`)
  }
}, 600_000)
afterAll(() => world?.stop())

/** Calls of the advertising interfaces alone: whether an access token had run out is another story. */
const since = (before: Record<string, number>, after: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, calls]) => [name, calls - (before[name] ?? 0)] as const)
      .filter(([name, calls]) => calls > 0 && !name.endsWith('.token')),
  )

/** What a sync may cost: two reports a platform (days, reach), read by the platform's own pages, and the lists of what has stopped. */
function pagesAsked(): Record<string, number> {
  const onMeta = books.filter(({ platform }) => platform === 'meta')
  const dayRows = onMeta.reduce((sum, { days }) => sum + days.length, 0)
  const reachRows = onMeta.filter(({ days }) => days.length > 0).length
  return {
    'meta.create-report': 2,
    'meta.poll-report': 2,
    // 500 rows a page.
    'meta.read-report': Math.ceil(dayRows / 500) + Math.ceil(reachRows / 500),
    // What is paused, and whose ads were refused: nothing here.
    'meta.list': 2,
    // One stream of days, however long, and the two questions about what has stopped. Google counts no reach.
    'google-ads.search': 3,
    'amazon-ads.create-report': 2,
    'amazon-ads.poll-report': 2,
    // One file each.
    'amazon-ads.read-report': 2,
    // Of what is paused one page; of the ads that run 100 a page, until one is not full.
    'amazon-ads.list': 1 + Math.floor(world.on('amazon-ads') / 100) + 1,
  }
}

test('report calls do not grow with campaigns, but with the pages of the platform that has pages', () => {
  for (const campaigns of [FEW, MANY]) expect(first[campaigns]?.calls).toEqual(expected[campaigns])
  const reports = ({ calls }: Cost, platform: PlatformKey) =>
    ['create-report', 'poll-report', 'search'].reduce((sum, name) => sum + (calls[`${platform}.${name}`] ?? 0), 0)
  for (const platform of PLATFORMS)
    expect(reports(first[MANY] as Cost, platform)).toBe(reports(first[FEW] as Cost, platform))
  // 500 campaigns a page for each day and once more for the reach, which is never a call a campaign.
  const pages = first[MANY]?.calls['meta.read-report'] ?? 0
  expect(pages).toBeLessThan(world.on('meta') / 100)
})

test('Firestore is read and written so often per campaign, and for what has not changed not at all', () => {
  // A campaign's link, its totals, its month, and its totals again for the reach; they come in commits, each of which costs little more.
  expect(first[MANY]?.reads).toBeLessThanOrEqual(4.05 * MANY)
  // Its month, its totals, its reach.
  expect(first[MANY]?.writes).toBeLessThanOrEqual(3.01 * MANY)
  expect(unchanged[MANY]?.calls).toEqual(first[MANY]?.calls)
  expect(unchanged[MANY]?.writes).toBeLessThanOrEqual(30)
  expect(unchanged[MANY]?.reads).toBeLessThanOrEqual(150)
})

test('every campaign’s figures equal the books of its platform, to the cent', async () => {
  const stored = await world.db.collection(`orgs/${ORG}/campaigns`).select('totals').get()
  const totals = new Map(stored.docs.map((doc) => [doc.id, doc.get('totals')]))
  const told = books.map(({ id, days }) => [world.campaigns.get(id), days.reduce(add, NOTHING)] as const)
  expect(new Set(told.map(([, sum]) => sum.spendMicros)).size).toBeGreaterThan(100)
  const synced = told.flatMap(([id]) => (id ? [[id, totals.get(id)]] : []))
  expect(synced).toHaveLength(MANY)
  expect(Object.fromEntries(synced)).toEqual(Object.fromEntries(told.filter(([id]) => id)))

  const rollup = await world.store.get(ORG, 'rollups', '202611')
  for (const { key, connection } of world.subjects) {
    const days = Object.values(rollup?.days ?? {}).map((accounts) => accounts[accountKey(connection)])
    const spent = days.reduce((sum, day) => sum + (day?.spendMicros ?? 0), 0)
    const booked = books.flatMap(({ id, platform, days }) => (platform === key && world.campaigns.has(id) ? days : []))
    expect(spent).toBe(booked.reduce((sum, day) => sum + day.spendMicros, 0))
  }
})

test('so does every day of a few of them', async () => {
  for (const platform of PLATFORMS)
    for (const { id, days } of books
      .filter((each) => each.platform === platform && world.campaigns.has(each.id))
      .slice(-3)) {
      const read = await readMetrics({ store: world.store }, ORG, world.campaigns.get(id) ?? '', {})
      expect(read.days.map(({ reach: _reach, ...day }) => day)).toEqual(
        days.map(({ date, ...counts }) => ({ day: date, ...add(NOTHING, counts) })),
      )
    }
})

type Booked = Record<'impressions' | 'linkClicks' | 'spendMicros' | 'applications', number>
const NOTHING = { impressions: 0, clicks: 0, spendMicros: 0, applications: 0 }
const add = (sum: typeof NOTHING, day: Booked): typeof NOTHING => ({
  impressions: sum.impressions + day.impressions,
  clicks: sum.clicks + day.linkClicks,
  spendMicros: sum.spendMicros + day.spendMicros,
  applications: sum.applications + day.applications,
})
