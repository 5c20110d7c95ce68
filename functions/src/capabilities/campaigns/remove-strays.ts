import { system } from '#domain/actor.ts'
import type { Campaign } from '#domain/campaign.ts'
import type { Channel, StepRecord } from '#domain/channel.ts'
import { channelStatus } from '#domain/channel-status.ts'
import { madeOf, nextMove } from '#domain/next-move.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { adDay } from '#domain/time.ts'
import { log } from '#functions/lib/log.ts'
import type { AdPlatform, Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { strayCheck } from './conclude.ts'
import { confirm } from './confirm.ts'
import { HeldElsewhere, type Hold, occupy, released, underLease } from './lease.ts'
import { punctual } from './punctual.ts'
import { isKilled, reserveAfterLook } from './reservation.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'census' | 'platforms' | 'tasks'>

interface Times {
  /** The database's own, as leases are. */
  realNow: () => Date
  nowMs: () => number
}
const REAL: Times = { realNow: () => new Date(), nowMs: () => performance.now() }

const MOST = 100

/**
 * Looks once more at channels whose last calls can no longer land: what carries their name and is in no journal is removed, and an ad
 * that a late call set going or stopped is driven to what is wanted. Returns how many strays it removed.
 */
export async function removeStrays(ports: Needs, correlationId: string, times: Times = REAL): Promise<number> {
  const due = await ports.census.due('channels', 'strayCheckAt', times.realNow().toISOString(), MOST)
  const cause: Cause = { actor: system('remove-strays'), correlationId }
  let removed = 0
  for (const { org, document } of due) {
    try {
      removed += await lookAgain(ports, org, cause, document, times)
    } catch (error) {
      // The channel stays due: the next sweep looks again.
      if (error instanceof PlatformFailure) log().warn({ channel: document.id, kind: error.kind }, 'not looked at')
      else if (!(error instanceof HeldElsewhere)) throw error
    }
  }
  return removed
}

async function lookAgain(ports: Needs, org: string, cause: Cause, due: Channel, times: Times): Promise<number> {
  const wanted = (channel: Channel): boolean => channel.strayCheckAt === due.strayCheckAt
  const occupied = await occupy(ports.store, org, due.id, cause, wanted, times.nowMs)
  if (!occupied) return 0
  const { hold, channel } = occupied
  try {
    const connection = await ports.store.get(org, 'connections', channel.platform)
    if (!connection) throw new PlatformFailure('auth', `No ad account of ${channel.platform} is connected`)
    const platform = await ports.platforms.open(org, connection, punctual(hold))
    const { removed, looked } = await removeWhatNoJournalNames(ports, hold, platform, channel)
    if (madeOf(channel.steps).campaign) await confirm(ports, hold, platform, channel)
    await giveBack(ports, hold, looked)
    return removed
  } catch (error) {
    if (error instanceof PlatformFailure) await giveBack(ports, hold, null)
    throw error
  }
}

/** When each step was sent whose name was looked for. */
type Looked = ReadonlyMap<string, string | null>

/** Whatever was sent may have been made twice, though it was sent and answered once: looked for once after each time that it was sent. */
async function removeWhatNoJournalNames(
  ports: Needs,
  hold: Hold,
  platform: AdPlatform,
  channel: Channel,
): Promise<{ removed: number; looked: Looked }> {
  const looked = new Map<string, string | null>()
  let removed = 0
  for (const step of channel.plan.steps) {
    const record = channel.steps.find(({ key }) => key === step.key)
    // A step whose outcome is open is the next drive's business: it may adopt what is found.
    if (!record?.sentAt || record.state === 'sent' || step.name === null) continue
    if (record.lookedAt && record.lookedAt > record.sentAt) continue
    for (const { id } of await platform.find(step, madeOf(channel.steps)))
      if (id !== record.externalId) {
        await removeStray(ports, hold, platform, step, id)
        removed++
      }
    looked.set(step.key, record.sentAt)
  }
  return { removed, looked }
}

async function removeStray(ports: Needs, hold: Hold, platform: AdPlatform, step: PlannedStep, id: string) {
  log().error({ step: step.key, stray: id }, 'an object of ours that no journal names: removed')
  await underLease(ports, hold, async () => undefined)
  if (step.level === 'campaign') await platform.set({ [step.key]: id }, 'paused')
  await platform.remove(step.level, id)
}

/** Ends the look, which told nothing where `looked` is null; a channel that is not as it is called, or not as it is wanted, is driven. */
async function giveBack(ports: Needs, hold: Hold, looked: Looked | null): Promise<void> {
  const next = await underLease(ports, hold, async (tx, before) => {
    const campaign = await tx.get('campaigns', before.campaignId)
    const change = looked ? afterLook(ports, hold, tx, before, looked) : {}
    const channel = { ...before, ...change }
    // What was stopped while the switch was on may have kept its share beyond the release.
    if (campaign && (before.unsettled?.length || isKilled(before)))
      await reserveAfterLook(tx, channel, adDay(new Date(tx.now), channel.timeZone) > campaign.endsOn)
    const drive = campaign && channel.status !== 'FAILED' && isOff(channel, campaign, new Date(tx.now))
    const again = drive ? { epoch: channel.epoch + 1, wakeAt: tx.now } : {}
    tx.measure('channels', channel.id, { ...change, ...again, lease: released(hold, tx) })
    return drive ? { ...channel, ...again } : undefined
  })
  if (next) await wake(ports, hold.org, next)
}

type Settled = Pick<Channel, 'strayCheckAt'> & Partial<Pick<Channel, 'unsettled' | 'steps'>>

/** Nothing that was sent before can land now. What an unsettled call may have changed is brought to its plan once more. */
function afterLook(ports: Needs, hold: Hold, tx: Transaction, channel: Channel, looked: Looked): Settled {
  const { platform, steps, unsettled } = channel
  // Whoever had the channel before us was never heard of again: its last call has not had its time yet.
  if (hold.tookOver) return { strayCheckAt: strayCheck(ports, tx, platform) }
  const lookedAt = tx.databaseNow().toISOString()
  const seen = (step: StepRecord): StepRecord =>
    step.sentAt !== null && looked.get(step.key) === step.sentAt ? { ...step, lookedAt } : step
  const sent = steps.map(seen)
  if (!unsettled?.length) return { strayCheckAt: null, steps: sent }
  const doubtful = (key: string): boolean => unsettled.includes(key)
  return {
    strayCheckAt: null,
    unsettled: [],
    steps: sent.map((step) => (doubtful(step.key) ? { ...step, applied: null } : step)),
  }
}

function isOff(channel: Channel, campaign: Campaign, now: Date): boolean {
  const today = adDay(now, channel.timeZone)
  const called = channelStatus(channel, campaign, today, null).status
  return called !== channel.status || nextMove(channel, today > campaign.endsOn).kind !== 'rest'
}
