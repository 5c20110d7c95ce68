import type { Connection } from '#domain/connection.ts'
import type { SyncState } from '#domain/machinery.ts'
import { add, type Counts, type DayRow, NO_COUNTS } from '#domain/metrics.ts'
import { forgetBefore, replaceWindow, type SyncDigest, sumAll, sumDays } from '#domain/sync-digest.ts'
import { type AdDay, daysBetween, monthOf } from '#domain/time.ts'
import { hashOf } from '#functions/lib/hash.ts'
import type { ReportQuery } from '#functions/ports/index.ts'
import type { Transaction } from '#functions/ports/store.ts'
import { FIGURES, type Hold, underHold } from './hold.ts'
import { openDigest, UNKNOWN } from './kept-digest.ts'
import { knownCampaigns } from './known-campaigns.ts'
import type { Reported } from './read-report.ts'
import type { SyncNeeds } from './sync-account.ts'

type Window = Extract<ReportQuery, { grain: 'days' }>
/** campaign -> month -> day -> row. */
type Grouped = Map<string, Map<string, Record<AdDay, DayRow>>>

const CAMPAIGNS_PER_COMMIT = 100
const short = (value: unknown): string => hashOf(value).slice(0, 16)

/** Replaces the window in every campaign-month that changed, campaign totals with it, and the account's roll-ups. */
export async function writeDays(
  ports: SyncNeeds,
  hold: Hold,
  connection: Connection,
  window: Window,
  reported: Reported,
): Promise<void> {
  const kept = await openDigest(ports, hold)
  const { digest } = kept
  digest.campaigns = await knownCampaigns(ports, hold.org, connection.platform, digest.campaigns, [...reported.keys()])
  const grouped = group(reported, digest, window)
  const changed = [...grouped].filter(([campaign, months]) =>
    [...months].some(([month, days]) => digest.months[`${campaign}_${month}`] !== short(days)),
  )
  for (const [campaign, months] of changed)
    for (const [month, days] of months)
      if (digest.months[`${campaign}_${month}`] !== short(days)) digest.months[`${campaign}_${month}`] = UNKNOWN
  await kept.save()
  for (let i = 0; i < changed.length; i += CAMPAIGNS_PER_COMMIT) {
    const part = changed.slice(i, i + CAMPAIGNS_PER_COMMIT)
    await underHold(ports, hold, (tx) => writeCampaigns(tx, connection, window, part, digest), FIGURES)
    for (const [campaign, months] of part)
      for (const [month, days] of months) digest.months[`${campaign}_${month}`] = short(days)
  }
  await underHold(ports, hold, (tx, state) => writeRollups(tx, state, window, grouped))
  forgetBefore(digest, window.since)
  await kept.save()
}

/** Every campaign ever seen has every month of the window, so that a day that vanished from the report is written as gone. */
function group(reported: Reported, digest: SyncDigest, { since, until }: Window): Grouped {
  const months = [...new Set(daysBetween(since, until).map(monthOf))]
  const grouped: Grouped = new Map()
  for (const campaign of new Set(Object.values(digest.campaigns)))
    grouped.set(campaign, new Map(months.filter((m) => `${campaign}_${m}` in digest.months).map((m) => [m, {}])))
  for (const [externalId, byMonth] of reported) {
    const ours = grouped.get(digest.campaigns[externalId] ?? '')
    if (!ours) continue
    for (const [month, days] of byMonth) ours.set(month, { ...ours.get(month), ...days })
  }
  return grouped
}

async function writeCampaigns(
  tx: Transaction,
  connection: Connection,
  { since, until }: Window,
  part: [string, Map<string, Record<AdDay, DayRow>>][],
  digest: SyncDigest,
): Promise<void> {
  const keys = part.flatMap(([campaign, months]) =>
    [...months.keys()]
      .filter((m) => digest.months[`${campaign}_${m}`] !== short(months.get(m)))
      .map((m) => ({ campaign, month: m })),
  )
  const idOf = ({ campaign, month }: { campaign: string; month: string }) =>
    `${campaign}/${connection.platform}_${month}`
  const [campaigns, stored] = await Promise.all([
    tx.getAll(
      'campaigns',
      part.map(([id]) => id),
    ),
    tx.getAll('metrics', keys.map(idOf)),
  ])
  for (const [i, [id, months]] of part.entries()) {
    const campaign = campaigns[i]
    if (!campaign) continue
    const sums: Record<string, Counts> = { ...campaign.months }
    for (const [n, key] of keys.entries()) {
      if (key.campaign !== id) continue
      const days = replaceWindow(stored[n]?.days ?? {}, months.get(key.month) ?? {}, since, until)
      tx.put('metrics', {
        id: idOf(key),
        platform: connection.platform,
        currency: connection.currency,
        days,
        fetchedAt: tx.now,
      })
      sums[`${connection.platform}_${key.month}`] = sumDays(days)
    }
    tx.measure('campaigns', id, { months: sums, totals: sumAll(sums), syncedAt: tx.now })
  }
}

/** The account's days of the window, over all of its campaigns; other accounts' entries stay. */
async function writeRollups(
  tx: Transaction,
  state: SyncState,
  { since, until }: Window,
  grouped: Grouped,
): Promise<void> {
  const byMonth = new Map<string, Record<AdDay, Counts>>()
  for (const day of daysBetween(since, until)) {
    const month = monthOf(day)
    const sum = [...grouped.values()].reduce<Counts>((total, months) => {
      const row = months.get(month)?.[day]
      return row ? add(total, row) : total
    }, NO_COUNTS)
    byMonth.set(month, { ...byMonth.get(month), [day]: sum })
  }
  const changed = [...byMonth].filter(([month, days]) => state.rollups[month] !== short(days))
  if (changed.length === 0) return
  const stored = await tx.getAll(
    'rollups',
    changed.map(([month]) => month),
  )
  const rollups = { ...state.rollups }
  for (const [i, [month, fresh]] of changed.entries()) {
    const days = { ...stored[i]?.days }
    for (const [day, counts] of Object.entries(fresh)) days[day] = { ...days[day], [state.id]: counts }
    tx.put('rollups', { id: month, days, fetchedAt: tx.now })
    rollups[month] = short(fresh)
  }
  tx.put('syncs', { ...state, rollups })
}
