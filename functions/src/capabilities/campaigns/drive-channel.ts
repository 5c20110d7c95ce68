import { system } from '#domain/actor.ts'
import type { Campaign } from '#domain/campaign.ts'
import { ACTIVATION, type Channel, channelId } from '#domain/channel.ts'
import { notFound } from '#domain/errors.ts'
import { deliveryMark, madeOf, nextMove } from '#domain/next-move.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { adDay } from '#domain/time.ts'
import { log } from '#functions/lib/log.ts'
import type { AdPlatform, Made, Ports } from '#functions/ports/index.ts'
import { conclude, fail, type Outcome } from './conclude.ts'
import { confirm } from './confirm.ts'
import { holdWhileStopped } from './gate.ts'
import { claim, type Hold, renewed, underLease } from './lease.ts'
import { createStep, reconcileStep, removeStep, updateStep } from './make-step.ts'
import { punctual } from './punctual.ts'
import { assureShare } from './reservation.ts'
import { sendUnsettled } from './send-unsettled.ts'

export type DriveNeeds = Pick<Ports, 'store' | 'platforms' | 'tasks' | 'clock'>

export interface Drive {
  org: string
  campaignId: string
  platform: Channel['platform']
  epoch: number
  correlationId: string
  lastAttempt: boolean
  /** When it comes again by itself if it is to be retried: until then the sweeper has nothing to make good. Absent = at once. */
  retryInSeconds?: number
}

/** More than any plan has steps: a loop that does not end is a fault to see. */
const MOST_MOVES = 60

/**
 * Brings one channel nearer to its desired state until it rests, waits or fails (RELIABILITY.md 2.3). The journal is written before
 * each call, so a crash anywhere leaves a channel that the next drive goes on with. `retry` = let Cloud Tasks come again. `nowMs` are
 * milliseconds of this process that never jump.
 */
export async function driveChannel(
  ports: DriveNeeds,
  drive: Drive,
  nowMs: () => number = () => performance.now(),
): Promise<'done' | 'retry'> {
  const id = channelId(drive.campaignId, drive.platform)
  const cause = { actor: system(`publish-${drive.platform}`), correlationId: drive.correlationId }
  const claimed = await claim(ports, drive.org, id, drive.epoch, cause, nowMs)
  if (!claimed) return 'done'
  const { hold } = claimed
  try {
    const [connection, campaign] = await Promise.all([
      ports.store.get(drive.org, 'connections', drive.platform),
      ports.store.get(drive.org, 'campaigns', drive.campaignId),
    ])
    if (!campaign) throw notFound('campaign', drive.campaignId)
    if (!connection) throw new PlatformFailure('auth', `No ad account of ${drive.platform} is connected`)
    const platform = await ports.platforms.open(drive.org, connection, punctual(hold))
    const outcome = await pursue(ports, hold, platform, seen(claimed.channel, campaign, ports.clock.now()))
    return await conclude(ports, hold, outcome)
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error
    log().warn({ kind: error.kind, code: error.details.code, failure: error.message }, 'the platform did not do it')
    return await fail(ports, hold, error, drive)
  }
}

/** A channel as it was seen last; `over` = its campaign's last day has passed. */
interface Seen {
  channel: Channel
  over: boolean
}
const seen = (channel: Channel, { endsOn }: Pick<Campaign, 'endsOn'>, now: Date): Seen => ({
  channel,
  over: adDay(now, channel.timeZone) > endsOn,
})

async function pursue(ports: DriveNeeds, hold: Hold, platform: AdPlatform, claimed: Seen): Promise<Outcome> {
  let { channel, over } = claimed
  let told: 'active' | 'paused' | null = null
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const move = nextMove(channel, over)
    // It took the order and does not show it yet: asked again later, not told again at once.
    if (move.kind === 'set' && move.delivery === told) return { kind: 'wait', reason: null, message: null, moved: true }
    if (move.kind === 'set') {
      // A lease that was claimed just now need not be renewed: of a thousand pauses each transaction counts.
      if (move.delivery === 'active') await activate(ports, hold, platform)
      else await platform.set(moves === 0 ? madeOf(channel.steps) : await renew(ports, hold), 'paused')
      told = move.delivery
      channel = (await confirm(ports, hold, platform, channel)).channel
      continue
    }
    if (move.kind === 'create') await createStep(ports, hold, platform, move.step)
    else if (move.kind === 'reconcile') {
      const quarantine = ports.platforms.quarantineMs(channel.platform)
      const wait = await reconcileStep(ports, hold, platform, move.step, move.record, quarantine)
      if (wait) return { kind: 'wait', reason: { code: 'unknown_outcome', message: null }, message: null, moved: true }
    } else if (move.kind === 'update') await updateStep(ports, hold, platform, move.step)
    else if (move.kind === 'remove') await removeStep(ports, hold, platform, move.record)
    else {
      const settled =
        channel.confirmed === 'in_review' || channel.confirmed === 'active' || channel.confirmed === 'rejected'
      const state = settled && moves === 0 ? await confirm(ports, hold, platform, channel) : null
      return { kind: 'rest', message: state?.message ?? null, moved: moves > 0 }
    }
    ;({ channel, over } = await look(ports, hold))
  }
  throw new Error(`${hold.channelId} did not come to rest in ${MOST_MOVES} moves`)
}

const look = (ports: DriveNeeds, hold: Hold): Promise<Seen> =>
  underLease(ports, hold, async (tx, channel) => {
    const campaign = await tx.get('campaigns', channel.campaignId)
    if (!campaign) throw notFound('campaign', channel.campaignId)
    return seen(channel, campaign, new Date(tx.now))
  })

/** Right before a pause; returns what is to be paused. */
const renew = (ports: DriveNeeds, hold: Hold): Promise<Made> =>
  underLease(ports, hold, async (tx, channel) => {
    tx.measure('channels', hold.channelId, { lease: renewed(tx, hold) })
    return madeOf(channel.steps)
  })

/** From the intent on an ad may be running, whatever becomes of the answer; only the platform's own word ends that. */
async function activate(ports: DriveNeeds, hold: Hold, platform: AdPlatform): Promise<void> {
  let mark: string
  await sendUnsettled(ports, hold, ACTIVATION, {
    intent: async (tx, channel) => {
      await holdWhileStopped(tx)
      await assureShare(tx, channel)
      const { confirmed, plan } = channel
      mark = deliveryMark(plan.steps)
      return confirmed === 'paused' ? { confirmed: 'unknown' } : {}
    },
    send: (made) => platform.set(made, 'active'),
    done: async () => ({ delivered: mark }),
  })
}
