import type { Channel } from '#domain/channel.ts'
import type { Ledger } from '#domain/ledger.ts'
import type { Org } from '#domain/org.ts'
import type { PlatformObject } from './books.ts'
import type { Breach, Evidence } from './check-invariants.ts'
import { ORG } from './organisation.ts'

/** How many of its daily budgets a platform may spend on one day: what the vendors say, not what the product believes. */
const OVERSPEND: Record<string, number> = { meta: 1.75, 'google-ads': 2 }

const mostOnOneDay = (channel: Channel, running: readonly PlatformObject[]): number =>
  running.reduce((sum, { dailyBudget }) => sum + Math.floor(dailyBudget * (OVERSPEND[channel.platform] ?? 1)), 0)

/** Campaigns of the channel that are set going, whatever their review says. */
function runningOf(channel: Channel, { books }: Evidence): PlatformObject[] {
  const name = channel.plan.steps.find((step) => step.level === 'campaign')?.name
  const objects = books(channel.platform)?.objects ?? []
  return objects.filter((o) => o.level === 'campaign' && o.name === name && o.delivery === 'active' && !o.removed)
}

/** I3, after every commit and every change on a platform: what may be spent is reserved, and what is reserved fits under the cap. */
export function checkSpend(evidence: Evidence, breach: Breach): void {
  const { disk } = evidence
  const cap = (disk.read(`orgs/${ORG}`)?.data as Org | undefined)?.dailyCap
  const reserved = (disk.read(`orgs/${ORG}/ledger/daily`)?.data as Ledger | undefined)?.reserved ?? {}
  let most = 0
  for (const { data } of disk.group('channels')) {
    const channel = data as Channel
    const worst = mostOnOneDay(channel, runningOf(channel, evidence))
    const own = reserved[channel.id]?.minor ?? 0
    if (worst > own) breach(`I3: ${channel.id} may cost ${worst} a day, and ${own} is reserved`)
    most += worst
  }
  if (!cap) return
  const promised = Object.values(reserved).reduce((sum, { minor }) => sum + minor, 0)
  if (promised > cap.minor) breach(`I3: ${promised} is reserved under a cap of ${cap.minor}`)
  if (most > cap.minor) breach(`I3: the platforms may spend ${most} a day under a cap of ${cap.minor}`)
}

/** When all is quiet: what runs costs what is planned, and what stands still has given its share back. */
export function checkShares(evidence: Evidence, breach: Breach): void {
  const reserved = (evidence.disk.read(`orgs/${ORG}/ledger/daily`)?.data as Ledger | undefined)?.reserved ?? {}
  for (const { data } of evidence.disk.group('channels')) {
    const channel = data as Channel
    const running = runningOf(channel, evidence)
    const planned = channel.plan.steps.find((step) => step.level === 'campaign')?.payload.dailyBudget
    const live = ['ACTIVE', 'SCHEDULED'].includes(channel.status)
    for (const { dailyBudget } of running)
      if (live && dailyBudget !== planned) breach(`I9: ${channel.id} runs with ${dailyBudget} a day, not ${planned}`)
    const own = reserved[channel.id]?.minor ?? 0
    if (live && own > channel.plan.mostOnOneDay.minor)
      breach(`I3: ${channel.id} keeps ${own} reserved, more than it can cost`)
    if (own > 0 && channel.desired !== 'active' && running.length === 0)
      breach(`I3: ${channel.id} stands still and keeps ${own} reserved`)
  }
}
