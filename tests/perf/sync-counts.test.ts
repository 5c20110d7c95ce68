import { afterAll, beforeAll, expect, test } from 'vitest'
import { externalLinkId } from '#domain/channel.ts'
import { ANDES_ACCOUNT } from '#local/sandbox/accounts.ts'
import { counted } from '#tests/support/counted.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'

const CAMPAIGNS = 1000
const ACCOUNT = ANDES_ACCOUNT.id

let world: PublishingWorld
let counts: ReturnType<typeof counted>
beforeAll(async () => {
  world = await publishingWorld()
  await runningCampaigns()
  counts = counted(world.db)
  world.clock.advance(3 * 86_400_000)
}, 300_000)
afterAll(() => world?.stop())

const graph = (path: string, body: object): Promise<string> => world.graph(path, body)

/** A thousand campaigns that run on the platform and stand in Firestore, without the thousand publishes. */
async function runningCampaigns(): Promise<void> {
  const draft = await draftCampaign(world)
  const plan = PAYLOADS
  const creative = await graph(`${ACCOUNT}/adcreatives`, plan.creative)
  for (let from = 0; from < CAMPAIGNS; from += 20) {
    const batch = world.db.batch()
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const n = from + i
        const campaign = await graph(`${ACCOUNT}/campaigns`, { ...plan.campaign, name: `c${n}` })
        const adset = await graph(`${ACCOUNT}/adsets`, { ...plan.adset, name: `s${n}`, campaign_id: campaign })
        await graph(`${ACCOUNT}/ads`, {
          name: `a${n}`,
          adset_id: adset,
          creative: { creative_id: creative },
          status: 'ACTIVE',
        })
        const id = `cmp_${n}`
        batch.set(world.db.doc(`orgs/${ORG}/campaigns/${id}`), { ...draft, id, ref: `CMP-${1000 + n}` })
        const link = externalLinkId('meta', campaign)
        batch.set(world.db.doc(`orgs/${ORG}/externals/${link}`), { id: link, campaignId: id, schemaVersion: 1 })
      }),
    )
    await batch.commit()
    // The platform allows 9,000 points of calls in 300 s.
    world.clock.advance(30_000)
  }
}

const PAYLOADS = {
  campaign: {
    objective: 'OUTCOME_LEADS',
    status: 'ACTIVE',
    special_ad_categories: ['EMPLOYMENT'],
    special_ad_category_country: ['CO'],
    daily_budget: '2000',
    bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
  },
  adset: {
    status: 'ACTIVE',
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'OFFSITE_CONVERSIONS',
    destination_type: 'WEBSITE',
    promoted_object: { pixel_id: ANDES_ACCOUNT.pixelId, custom_event_type: 'SUBMIT_APPLICATION' },
    targeting: {
      geo_locations: { countries: ['CO'] },
      age_min: 18,
      age_max: 65,
      targeting_automation: { advantage_audience: 0 },
    },
    end_time: '2026-12-20T05:00:00Z',
  },
  creative: {
    name: 'creative',
    object_story_spec: {
      page_id: ANDES_ACCOUNT.pageId,
      link_data: {
        link: 'https://jobs.example.com',
        message: 'Job',
        name: 'Job',
        call_to_action: { type: 'APPLY_NOW', value: { link: 'https://jobs.example.com' } },
      },
    },
  },
}

/** One whole sync of the account; returns what it cost. */
async function sync(): Promise<{ calls: number; reads: number; writes: number }> {
  const before = await syncCalls()
  counts.take()
  await world.sync()
  return { calls: (await syncCalls()) - before, ...counts.take() }
}

async function syncCalls(): Promise<number> {
  const calls = await world.calls()
  return ['create-report', 'poll-report', 'read-report', 'list'].reduce(
    (sum, name) => sum + (calls[`meta.${name}`] ?? 0),
    0,
  )
}

test('a sync of 1,000 campaigns calls the platform per page, not per campaign, and a second one writes no campaign', async () => {
  const first = await sync()
  const again = await sync()
  console.log(`sync of ${CAMPAIGNS} campaigns: first ${JSON.stringify(first)}, unchanged ${JSON.stringify(again)}`)

  // 4,000 rows of four days and 1,000 of reach at 500 a page are 10 pages, beside two reports begun and polled, and two lists of what has stopped.
  expect(first.calls).toBeLessThanOrEqual(18)
  // Per campaign: its month and its totals, then its reach, which is kept beside other platforms’. The rest is the account's own state:
  // its digest of eight documents before and after each of the two, and whose turn it is.
  expect(first.writes).toBeLessThanOrEqual(3 * CAMPAIGNS + 50)
  // Each commit of a hundred campaigns reads whether the account is still its worker's.
  expect(first.reads).toBeLessThanOrEqual(4 * CAMPAIGNS + (2 * CAMPAIGNS) / 100 + 100)

  expect(again.calls).toBe(first.calls)
  expect(again.writes).toBeLessThanOrEqual(10)
  // Each call to the platform looks at the account's limits first.
  expect(again.reads).toBeLessThanOrEqual(35 + again.calls)
}, 300_000)

test('every figure equals the platform’s books, to the cent', async () => {
  await sync()
  const { campaigns } = await world.books()
  const truth = new Map(
    campaigns.map((c) => [
      c.id,
      c.totals as { impressions: number; linkClicks: number; spendMicros: number; applications: number },
    ]),
  )
  const rollup = await world.store.get(ORG, 'rollups', '202611')
  const days = Object.values(rollup?.days ?? {}).flatMap((accounts) => Object.values(accounts))
  const sum = (field: 'impressions' | 'clicks' | 'spendMicros' | 'applications') =>
    days.reduce((total, day) => total + day[field], 0)
  const books = [...truth.values()]
  expect(sum('impressions')).toBe(books.reduce((total, c) => total + c.impressions, 0))
  expect(sum('clicks')).toBe(books.reduce((total, c) => total + c.linkClicks, 0))
  expect(sum('spendMicros')).toBe(books.reduce((total, c) => total + c.spendMicros, 0))
  expect(sum('applications')).toBe(books.reduce((total, c) => total + c.applications, 0))
})
