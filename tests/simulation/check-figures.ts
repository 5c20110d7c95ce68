import type { Campaign } from '#domain/campaign.ts'
import { type Channel, externalLinkId } from '#domain/channel.ts'
import type { SyncState } from '#domain/machinery.ts'
import { add, type Counts, type DayRow, type MetricsMonth, NO_COUNTS, type Rollup } from '#domain/metrics.ts'
import type { Breach } from './check-invariants.ts'
import type { Figures } from './figures.ts'
import type { Changed, Disk } from './firestore/disk.ts'
import { ORG } from './organisation.ts'

export type FiguresOf = (platform: string) => Figures | undefined

const MONTH_AT = /^orgs\/[^/]+\/campaigns\/([^/]+)\/metrics\/(.+)_(\d{6})$/
const text = (row: DayRow | undefined): string =>
  row ? `${row.impressions}/${row.clicks}/${row.spendMicros}/${row.applications}/${row.reach}` : 'nothing'

/** The platform's campaign that the journal names. */
function externalOf(disk: Disk, campaign: string, platform: string): string | null {
  const channel = disk.read(`orgs/${ORG}/campaigns/${campaign}/channels/${platform}`)?.data as Channel | undefined
  const id = channel?.steps.find((step) => step.key === 'campaign')?.externalId ?? null
  return id && disk.read(`orgs/${ORG}/externals/${externalLinkId(platform, id)}`) ? id : null
}

/** I4 at every commit: a day is what the platform once said of it, and never goes back to what it said before. */
export function checkDays(disk: Disk, changes: readonly Changed[], figuresOf: FiguresOf, breach: Breach): void {
  for (const { path, before, after } of changes) {
    const [, campaign = '', platform = ''] = MONTH_AT.exec(path) ?? []
    const external = campaign && externalOf(disk, campaign, platform)
    const figures = figuresOf(platform)
    if (!external || !figures) continue
    const [was, is] = [before, after].map((data) => (data as MetricsMonth | undefined)?.days ?? {})
    for (const day of new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])) {
      const said = figures.history(external, day).map(text)
      // "Nothing" may have been said twice: the doubt is the writer's.
      const [old, fresh] = [said.indexOf(text(was?.[day])), said.lastIndexOf(text(is?.[day]))]
      if (fresh < 0) breach(`I4: ${path} says ${text(is?.[day])} of ${day}, which ${platform} never said`)
      else if (fresh < old) breach(`I4: ${path} went back on ${day} to ${text(is?.[day])}`)
    }
  }
}

/** I4 when all is quiet: every day, every campaign and the organisation's sums are what the platforms say last. */
export function checkFigures(disk: Disk, figuresOf: FiguresOf, breach: Breach): void {
  const sums = new Map<string, Counts>()
  for (const { data } of disk.group('campaigns')) {
    const campaign = data as Campaign
    let total = NO_COUNTS
    for (const platform of campaign.platforms) {
      const figures = figuresOf(platform)
      const external = externalOf(disk, campaign.id, platform)
      if (!figures || !external) continue
      for (const day of figures.days) {
        const truth = figures.history(external, day).at(-1)
        const month = `orgs/${ORG}/campaigns/${campaign.id}/metrics/${platform}_${day.slice(0, 7).replace('-', '')}`
        const kept = (disk.read(month)?.data as MetricsMonth | undefined)?.days[day]
        if (text(kept) !== text(truth)) breach(`I4: ${month} says ${text(kept)} of ${day}, ${platform} ${text(truth)}`)
        total = add(total, truth ?? NO_COUNTS)
        const key = `${day} ${platform}`
        sums.set(key, add(sums.get(key) ?? NO_COUNTS, truth ?? NO_COUNTS))
      }
    }
    if (spend(campaign.totals) !== total.spendMicros)
      breach(`I4: ${campaign.ref} has cost ${spend(campaign.totals)}, not ${total.spendMicros}`)
  }
  for (const [key, { spendMicros }] of sums) {
    const [day = '', platform] = key.split(' ')
    const rollup = disk.read(`orgs/${ORG}/rollups/${day.slice(0, 7).replace('-', '')}`)?.data as Rollup | undefined
    const kept = rollup?.days[day]?.[`${platform}_act-${platform}`]
    if (spend(kept) !== spendMicros)
      breach(`I4: the organisation's ${day} on ${platform} is ${spend(kept)}, not ${spendMicros}`)
  }
}

const spend = (counts: Counts | null | undefined): number => counts?.spendMicros ?? 0

/** Which accounts have not been synced since `at`; empty = figures are as fresh as they will be. */
export function unsynced(disk: Disk, at: number): string[] {
  return [...disk.group('syncs')].flatMap(({ data }) => {
    const { id, state, startedAt } = data as SyncState
    const fresh = state === 'idle' && startedAt !== null && Date.parse(startedAt) > at
    return fresh ? [] : [`the sync of ${id} is ${state} since ${startedAt}`]
  })
}
