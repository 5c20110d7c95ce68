import { externalLinkId } from '#domain/channel.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { readMetrics } from '#functions/capabilities/metrics/read-metrics.ts'
import { startSync } from '#functions/capabilities/metrics/start-syncs.ts'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload } from '#functions/capabilities/metrics/turn.ts'
import type { AdPlatform, AdPlatforms, ReportRow, TaskRequest } from '#functions/ports/index.ts'
import { briefOf } from './brief.ts'
import { connectionTo } from './subjects/subject.ts'
import { CAUSE, freshWorld } from './world.ts'

export const ORG = 'andes'

/** What a platform says of the campaign, clicks by day; `lifetime` is its unique reach. */
export interface Told {
  days: Record<string, number>
  lifetime: number
}

/** A platform's row of any campaign: everything else follows from its clicks. */
export const rowOf = (externalId: string, since: string, until: string, clicks: number, reach: number): ReportRow => ({
  ...{ externalId, since, until },
  counts: { impressions: clicks * 100, clicks, spendMicros: clicks * 1_000_000, applications: clicks, reach },
})

/** A report of one page that tells so of the campaign, read when it is asked for. */
export const telling =
  (key: PlatformKey, told: () => Told): AdPlatform['report'] =>
  async ({ grain }) => {
    const { days, lifetime } = told()
    const rows =
      grain === 'days'
        ? Object.entries(days).map(([day, clicks]) => rowOf(`${key}-1`, day, day, clicks, clicks))
        : [rowOf(`${key}-1`, '2026-11-18', '2026-11-20', 0, lifetime)]
    return { state: 'page', token: null, rows }
  }

type Reports = Partial<Record<PlatformKey, AdPlatform['report']>>

/** One campaign on several platforms, each of which says of it what the test makes it say. */
export async function toldWorld(reports: Reports, stopped: AdPlatform['stopped'] = async () => []) {
  const world = freshWorld()
  await world.openOrganisation(ORG)
  const keys = Object.keys(reports) as PlatformKey[]
  const { campaign } = briefOf({ platforms: keys, startsOn: '2026-11-18' })
  await world.db.doc(`orgs/${ORG}/campaigns/${campaign.id}`).set(campaign)
  const where = { currency: 'USD', timeZone: 'America/Bogota', settings: {} }
  const connections = keys.map((key) => connectionTo({ platform: key, accountId: key, accountName: key, ...where }))
  for (const { platform: key, ...connection } of connections) {
    await world.db.doc(`orgs/${ORG}/connections/${key}`).set({ ...connection, platform: key, id: key })
    const link = externalLinkId(key, `${key}-1`)
    await world.db.doc(`orgs/${ORG}/externals/${link}`).set({ id: link, campaignId: campaign.id, schemaVersion: 1 })
  }
  const waiting: TaskRequest[] = []
  const platforms: Pick<AdPlatforms, 'open' | 'windowDays'> = {
    open: async (_org, { platform: key }) => ({ report: reports[key], stopped }) as AdPlatform,
    windowDays: () => 28,
  }
  const ports = {
    ...{ store: world.store, clock: world.clock, platforms: platforms as AdPlatforms },
    tasks: { enqueue: async (task: TaskRequest) => void waiting.push(task) },
  }
  const deliver = ({ payload }: TaskRequest, store = world.store) => {
    return syncAccount(
      { ...ports, store },
      { ...SyncPayload.parse(payload), org: ORG, correlationId: 'x', lastAttempt: false },
    )
  }
  return {
    ...world,
    ...{ waiting, campaign },
    /** One delivery of a task, by a worker whose database may be a test's own. */
    deliver,
    /** The tick: asks for a sync of every account. Returns how many were begun. */
    start: async () => {
      let begun = 0
      for (const connection of connections) if (await startSync(ports, ORG, CAUSE, connection)) begun++
      return begun
    },
    /** Delivers every waiting task, and those that they ask for. */
    drain: async () => {
      for (let task = waiting.shift(); task; task = waiting.shift()) await deliver(task)
    },
    read: (range: Parameters<typeof readMetrics>[3] = {}) => readMetrics(ports, ORG, campaign.id, range),
  }
}
