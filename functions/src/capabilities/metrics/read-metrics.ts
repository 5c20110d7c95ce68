import { type Campaign, reachOf } from '#domain/campaign.ts'
import { DomainError } from '#domain/errors.ts'
import { type DayRow, type Derived, derive, mergeDays } from '#domain/metrics.ts'
import { type Money, microsPerMinor } from '#domain/money.ts'
import { sumDays } from '#domain/sync-digest.ts'
import type { AdDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'

export interface CampaignMetrics extends Derived {
  impressions: number | null
  clicks: number | null
  /** Rounded to minor units for showing; `spendMicros` is exact. */
  spend: Money | null
  spendMicros: number | null
  applications: number | null
  received: number
  /** Unique over `reachRange`; null for a range that no platform was asked about, and where there are several platforms. */
  reach: number | null
  reachRange: { since: AdDay; until: AdDay } | null
  days: ({ day: AdDay } & DayRow)[]
  syncedAt: string | null
}

/** A campaign's figures over a range of days (both ends included), or its whole life. */
export async function readMetrics(
  { store }: Pick<Ports, 'store'>,
  org: string,
  idOrRef: string,
  range: { since?: AdDay | undefined; until?: AdDay | undefined },
): Promise<CampaignMetrics> {
  if (range.since && range.until && range.until < range.since)
    throw new DomainError('invalid', 'The range ends before it begins', { remedy: 'Give until on or after since.' })
  const campaign = await store.find(org, 'campaigns', idOrRef)
  const months = Object.keys(campaign.months).filter((key) => {
    const month = key.slice(key.lastIndexOf('_') + 1)
    return (
      (!range.since || month >= range.since.slice(0, 7).replace('-', '')) &&
      (!range.until || month <= range.until.slice(0, 7).replace('-', ''))
    )
  })
  const documents = await store.getAll(
    org,
    'metrics',
    months.map((month) => `${campaign.id}/${month}`),
  )
  const rows = mergeDays(documents.filter((document) => document !== undefined)).filter(
    ([day]) => (!range.since || day >= range.since) && (!range.until || day <= range.until),
  )
  const sums = campaign.syncedAt ? sumDays(Object.fromEntries(rows)) : null
  const reach = range.since || range.until ? null : reachOf(campaign)
  return {
    impressions: sums?.impressions ?? null,
    clicks: sums?.clicks ?? null,
    spend: sums && spendOf(campaign, sums.spendMicros),
    spendMicros: sums?.spendMicros ?? null,
    applications: sums?.applications ?? null,
    received: campaign.received,
    reach: reach?.reach ?? null,
    reachRange: reach && reachRange(campaign, reach),
    ...derive(sums ?? { impressions: 0, clicks: 0, spendMicros: 0, applications: 0 }),
    days: rows.map(([day, row]) => ({ day, ...row })),
    syncedAt: campaign.syncedAt,
  }
}

/** The platform names the whole of its own range; before its first day the campaign reached nobody. */
const reachRange = ({ startsOn }: Campaign, { since, until }: { since: AdDay; until: AdDay }) => ({
  since: since < startsOn ? startsOn : since,
  until,
})

const spendOf = ({ dailyBudget: { currency } }: Campaign, micros: number): Money => ({
  minor: Math.round(micros / microsPerMinor(currency)),
  currency,
})
