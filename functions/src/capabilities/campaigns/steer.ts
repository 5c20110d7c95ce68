import type { Campaign, Reason } from '#domain/campaign.ts'
import { assertMove } from '#domain/campaign-status.ts'
import type { Channel, Desired } from '#domain/channel.ts'
import { channelStatus } from '#domain/channel-status.ts'
import { notFound } from '#domain/errors.ts'
import { adDay } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { assertJobOpen } from './assert-job-open.ts'
import { channelsIn, resolve } from './resolve.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'tasks' | 'clock'>
type Steered = { campaign: Campaign; channels: Channel[] }

/** Sets what every channel of a campaign shall be; statuses follow when the platforms confirm. Asking for what is wanted already is no error. */
export async function steer(
  ports: Needs,
  org: string,
  cause: Cause,
  idOrRef: string,
  move: 'pause' | 'resume',
  because: Reason,
): Promise<Steered> {
  const seen = await resolve(ports.store, org, 'campaigns', idOrRef)
  const desired: Desired = move === 'pause' ? 'paused' : 'active'
  const result = await ports.store.transact(org, cause, async (tx) => {
    const campaign = await tx.get('campaigns', seen.id)
    if (!campaign) throw notFound('campaign', seen.id)
    assertMove(move, campaign.status, campaign.ref)
    if (move === 'resume') assertJobOpen(await tx.get('jobs', campaign.jobId), campaign)
    const before = await channelsIn(tx, campaign)
    const channels = before.map((c) => redirect(tx, campaign, c, desired, because, cause))
    return { before, campaign: settle(tx, campaign, channels), channels }
  })
  for (const channel of result.channels)
    if (result.before.some((b) => b.id === channel.id && b.epoch !== channel.epoch)) await wake(ports, org, channel)
  return { campaign: result.campaign, channels: result.channels }
}

function redirect(
  tx: Transaction,
  campaign: Campaign,
  channel: Channel,
  desired: Desired,
  because: Reason,
  cause: Cause,
): Channel {
  if (channel.desired === desired) return channel
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
    action: `channel.${desired === 'paused' ? 'pause' : 'resume'}`,
    why: because.code,
  })
}

export const pauseCampaign = (ports: Needs, org: string, cause: Cause, idOrRef: string): Promise<Steered> =>
  steer(ports, org, cause, idOrRef, 'pause', { code: 'paused_by_user', message: null })

export const resumeCampaign = (ports: Needs, org: string, cause: Cause, idOrRef: string): Promise<Steered> =>
  steer(ports, org, cause, idOrRef, 'resume', { code: 'resumed_by_user', message: null })
