import type { Campaign, Reason } from '#domain/campaign.ts'
import { assertMove, assertResumable, resumption } from '#domain/campaign-status.ts'
import type { Channel, Desired } from '#domain/channel.ts'
import { channelStatus } from '#domain/channel-status.ts'
import { notFound } from '#domain/errors.ts'
import { adDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { assertJobOpen } from './assert-job-open.ts'
import { channelsIn } from './channels.ts'
import { incidentId } from './conclude.ts'
import { assertRunning } from './gate.ts'
import { tryAgain } from './redrive.ts'
import { CROWDED_LEDGER, reserve } from './reservation.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'tasks' | 'clock'>
const ACTION = { active: 'resume', paused: 'pause', closed: 'close' } as const
type Steered = { campaign: Campaign; channels: Channel[] }

/** Looked at inside the transaction: false = leave the campaign as it is; may throw why it cannot be moved. */
type Guard = (tx: Transaction, campaign: Campaign) => Promise<boolean>

/** Sets what every channel of a campaign shall be; statuses follow when the platforms confirm. Asking for what is wanted already is no error. */
export async function steer(
  ports: Needs,
  org: string,
  cause: Cause,
  campaignId: string,
  desired: Desired,
  because: Reason,
  guard: Guard,
): Promise<Steered> {
  const redirectAll = async (tx: Transaction) => {
    const campaign = await tx.get('campaigns', campaignId)
    if (!campaign) throw notFound('campaign', campaignId)
    const before = await channelsIn(tx, campaign)
    if (!(await guard(tx, campaign))) return { before, campaign, channels: before }
    const channels = await Promise.all(before.map((c) => redirect(tx, campaign, c, desired, because, cause)))
    return { before, campaign: settle(tx, campaign, channels), channels }
  }
  const crowded = desired === 'active' ? CROWDED_LEDGER : undefined
  const result = await ports.store.transact(org, cause, redirectAll, crowded)
  for (const channel of result.channels)
    if (result.before.some((b) => b.id === channel.id && b.epoch !== channel.epoch)) await wake(ports, org, channel)
  return { campaign: result.campaign, channels: result.channels }
}

async function redirect(
  tx: Transaction,
  campaign: Campaign,
  channel: Channel,
  desired: Desired,
  because: Reason,
  cause: Cause,
): Promise<Channel> {
  const how = desired === 'active' ? resumption(channel) : 'resume'
  if (how === 'retry' && channel.desired === desired)
    return tryAgain(tx, channel, await tx.get('deadLetters', incidentId(channel)), cause)
  if (!how || channel.desired === desired) return channel
  const next = {
    ...channel,
    desired,
    because,
    epoch: channel.epoch + 1,
    failures: 0,
    wakeAt: tx.now,
    correlationId: cause.correlationId,
  }
  const today = adDay(new Date(tx.now), channel.timeZone)
  return tx.record('channels', { ...next, ...channelStatus(next, campaign, today, null) }, channel, {
    action: `channel.${ACTION[desired]}`,
    why: because.code,
  })
}

export async function pauseCampaign(ports: Needs, org: string, cause: Cause, idOrRef: string): Promise<Steered> {
  const { id } = await ports.store.find(org, 'campaigns', idOrRef)
  return steer(ports, org, cause, id, 'paused', { code: 'paused_by_user', message: null }, async (_, campaign) => {
    assertMove('pause', campaign.status, campaign.ref)
    return true
  })
}

/** Sets going what is paused, and tries again what failed and may yet work; what runs is left alone, what needs another plan stays as it is. */
export async function resumeCampaign(ports: Needs, org: string, cause: Cause, idOrRef: string): Promise<Steered> {
  const { id } = await ports.store.find(org, 'campaigns', idOrRef)
  return steer(ports, org, cause, id, 'active', { code: 'resumed_by_user', message: null }, async (tx, campaign) => {
    const channels = await channelsIn(tx, campaign)
    assertResumable(campaign, channels)
    await assertRunning(tx)
    assertJobOpen(await tx.get('jobs', campaign.jobId), campaign)
    const wanted = channels
      .filter((channel) => resumption(channel))
      .map((channel) => ({ ...channel, desired: 'active' as const }))
    await reserve(tx, campaign.ref, wanted)
    return true
  })
}

/** Stops it for good: nothing is deleted, because what was spent stays on record, and it cannot be resumed. */
export async function closeCampaign(ports: Needs, org: string, cause: Cause, idOrRef: string): Promise<Steered> {
  const { id } = await ports.store.find(org, 'campaigns', idOrRef)
  return steer(ports, org, cause, id, 'closed', { code: 'closed_by_user', message: null }, async (_, campaign) => {
    assertMove('close', campaign.status, campaign.ref)
    return true
  })
}
