import { expect, test } from 'vitest'
import { externalLinkId } from '#domain/channel.ts'
import type { Connection } from '#domain/connection.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { readMetrics } from '#functions/capabilities/metrics/read-metrics.ts'
import { startSync } from '#functions/capabilities/metrics/start-syncs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import type { AdPlatform, AdPlatforms, ReportRow, TaskRequest } from '#functions/ports/index.ts'
import { briefOf } from '#tests/support/brief.ts'
import { connectionTo } from '#tests/support/subjects/subject.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'

/** One campaign on several platforms, each of which reports its own part of the same days. */

const ORG = 'andes'
const KEYS: PlatformKey[] = ['meta', 'amazon-ads']

/** What each platform says of the campaign, by day; `lifetime` is its unique reach. */
type Told = Record<string, { days: Record<string, number>; lifetime: number }>

function reporting(told: Told): Pick<AdPlatforms, 'open' | 'windowDays'> {
  const row = (key: string, since: string, until: string, clicks: number, reach: number): ReportRow => ({
    ...{ externalId: `${key}-1`, since, until },
    counts: { impressions: clicks * 100, clicks, spendMicros: clicks * 1_000_000, applications: clicks, reach },
  })
  const open = async (_org: string, { platform: key }: Connection) => {
    const { days, lifetime } = told[key] ?? { days: {}, lifetime: 0 }
    const report: AdPlatform['report'] = async ({ grain }) => ({
      ...{ state: 'page', token: null },
      rows:
        grain === 'days'
          ? Object.entries(days).map(([day, clicks]) => row(key, day, day, clicks, clicks))
          : [row(key, '2026-11-18', '2026-11-20', 0, lifetime)],
    })
    return { report, stopped: async () => [] } as Partial<AdPlatform> as AdPlatform
  }
  return { open, windowDays: () => 28 }
}

async function synced(told: Told, platforms: PlatformKey[] = KEYS) {
  const world = freshWorld()
  await world.openOrganisation(ORG)
  const { campaign } = briefOf({ platforms, startsOn: '2026-11-18' })
  await world.db.doc(`orgs/${ORG}/campaigns/${campaign.id}`).set(campaign)
  const waiting: TaskRequest[] = []
  const ports = {
    ...{ store: world.store, clock: world.clock, platforms: reporting(told) as AdPlatforms },
    tasks: { enqueue: async (task: TaskRequest) => void waiting.push(task) },
  }
  for (const key of platforms) {
    const where = { currency: 'USD', timeZone: 'America/Bogota', settings: {} }
    const connection = connectionTo({ platform: key, accountId: key, accountName: key, ...where })
    await world.db.doc(`orgs/${ORG}/connections/${key}`).set({ ...connection, id: key })
    const link = externalLinkId(key, `${key}-1`)
    await world.db.doc(`orgs/${ORG}/externals/${link}`).set({ id: link, campaignId: campaign.id, schemaVersion: 1 })
    await startSync(ports, ORG, CAUSE, connection)
  }
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    const payload = task.payload as Pick<Parameters<typeof syncAccount>[1], 'platform' | 'epoch' | 'phase' | 'token'>
    await syncAccount(ports, { ...payload, org: ORG, correlationId: 'x', lastAttempt: false })
  }
  return { read: (range = {}) => readMetrics(ports, ORG, campaign.id, range) }
}

const BOTH: Told = {
  meta: { days: { '2026-11-18': 10, '2026-11-19': 20 }, lifetime: 25 },
  'amazon-ads': { days: { '2026-11-19': 3, '2026-11-20': 4 }, lifetime: 6 },
}

test('a day on which several platforms served is one row, with the sum of them', async () => {
  const { read } = await synced(BOTH)
  const whole = await read()
  expect(whole).toMatchObject({ clicks: 37, impressions: 3700, spendMicros: 37_000_000, applications: 37 })
  expect(whole.days.map(({ day, clicks }) => [day, clicks])).toEqual([
    ['2026-11-18', 10],
    ['2026-11-19', 23],
    ['2026-11-20', 4],
  ])
  const narrow = await read({ since: '2026-11-19', until: '2026-11-19' })
  expect(narrow).toMatchObject({ clicks: 23, days: [{ day: '2026-11-19' }] })
})

test('reach is nobody’s sum: it is told of a campaign on one platform, and of a day that one platform reports', async () => {
  const several = await (await synced(BOTH)).read()
  expect(several).toMatchObject({ reach: null, reachRange: null })
  expect(several.days.map(({ reach }) => reach)).toEqual([10, null, 4])

  const one = await (await synced(BOTH, ['meta'])).read()
  expect(one).toMatchObject({ reach: 25, reachRange: { since: '2026-11-18', until: '2026-11-20' } })
})
