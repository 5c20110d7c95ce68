import type { Reason } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { channelStatus } from '#domain/channel-status.ts'
import { notFound } from '#domain/errors.ts'
import type { Trouble } from '#domain/incident.ts'
import type { PlatformFailure } from '#domain/platform-failure.ts'
import { adDay, addDays, startOfDay } from '#domain/time.ts'
import { closeIncident, giveUpWork, openIncident } from '#functions/lib/incident.ts'
import type { Transaction } from '#functions/ports/store.ts'
import { channelsIn } from './channels.ts'
import type { Drive, DriveNeeds } from './drive-channel.ts'
import { type Hold, released, underLease } from './lease.ts'
import { askForReconnection } from './reconnection.ts'
import { isKilled, releaseAfterDrive, reserveAsPlanned } from './reservation.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

/** `moved` = the platform was asked to change something; `reason` null = the one that the channel's status has. */
export type Outcome =
  | { kind: 'rest'; message: string | null; moved: boolean }
  | { kind: 'wait'; reason: Reason | null; message: string | null; moved: boolean }

/** DESIGN.md 4: authentication is a person's business after this many failures in a row, with growing waits between them. */
const AUTH_ATTEMPTS = 3
const AUTH_WAIT_SECONDS = 10
const AUTH_WAIT_GROWTH = 3
const UNKNOWN_OUTCOME_SECONDS = 5

/** Ends a drive: status, campaign status and the next wake-up in one commit, then the task for it. */
export async function conclude(ports: DriveNeeds, hold: Hold, outcome: Outcome): Promise<'done'> {
  const next = await underLease(ports, hold, async (tx, channel) => {
    const campaign = await tx.get('campaigns', channel.campaignId)
    if (!campaign) throw notFound('campaign', channel.campaignId)
    const today = adDay(new Date(tx.now), channel.timeZone)
    const view =
      outcome.kind === 'wait' && outcome.reason
        ? { status: 'PROCESSING' as const, reason: outcome.reason }
        : channelStatus(channel, campaign, today, outcome.message)
    const seconds =
      outcome.kind === 'wait'
        ? UNKNOWN_OUTCOME_SECONDS * 3 ** Math.min(channel.failures, 6)
        : channel.confirmed === 'in_review' && channel.desired === 'active'
          ? ports.platforms.reviewPollSeconds(channel.platform)
          : null
    // Far-off wake-ups (start, end) are found by the sweeper: Cloud Tasks keeps none beyond 30 days.
    const far = farWake(view.status, campaign, channel)
    const wakeAt = seconds === null ? far : new Date(Date.parse(tx.now) + seconds * 1000).toISOString()
    const asked = askedMeanwhile(hold, channel)
    const after = write(tx, hold, channel, {
      ...view,
      ...(asked ?? { wakeAt, epoch: seconds === null ? channel.epoch : channel.epoch + 1 }),
      // A share that is kept while everything is stopped is looked after as well.
      strayCheckAt:
        outcome.moved || hold.tookOver || isKilled(channel)
          ? strayCheck(ports, tx, channel.platform)
          : (channel.strayCheckAt ?? null),
      failures: outcome.kind === 'wait' ? channel.failures + 1 : 0,
    })
    await releaseAfterDrive(tx, after, today > campaign.endsOn)
    const runs = view.status === 'ACTIVE' || view.status === 'SCHEDULED'
    // Whichever drive brought the plan: one that died cannot say so.
    if (outcome.kind === 'rest' && runs) await reserveAsPlanned(tx, after)
    const others = (await channelsIn(tx, campaign)).filter((c) => c.id !== channel.id)
    settle(tx, campaign, [...others, after])
    if (outcome.kind === 'rest') await closeIncident(tx, incidentId(channel))
    return seconds === null || asked ? null : after
  })
  if (next) await wake(ports, hold.org, next, next.wakeAt ?? undefined)
  return 'done'
}

function farWake(
  status: Channel['status'],
  campaign: { startsOn: string; endsOn: string },
  channel: Channel,
): string | null {
  if (status === 'SCHEDULED') return startOfDay(campaign.startsOn, channel.timeZone).toISOString()
  if (status === 'ACTIVE' || status === 'REJECTED')
    return startOfDay(addDays(campaign.endsOn, 1), channel.timeZone).toISOString()
  return null
}

/**
 * Somebody steered the channel while this drive ran. Theirs has a task of its own and must find the channel waiting, or what they asked
 * for is lost.
 */
const askedMeanwhile = (hold: Hold, channel: Channel): Pick<Channel, 'wakeAt' | 'epoch'> | undefined =>
  channel.epoch === hold.epoch ? undefined : { wakeAt: channel.wakeAt, epoch: channel.epoch }

/** Once for a call that stood still before it was sent, once for its landing. */
export const strayCheck = (
  ports: Pick<DriveNeeds, 'platforms'>,
  tx: Transaction,
  platform: Channel['platform'],
): string => new Date(tx.databaseNow().getTime() + 2 * ports.platforms.quarantineMs(platform)).toISOString()

type End = Pick<Channel, 'status' | 'reason' | 'wakeAt' | 'epoch' | 'failures' | 'strayCheckAt'>

/** A changed status is an audited fact; the rest of the journal is not. */
function write(tx: Transaction, hold: Hold, channel: Channel, end: End): Channel {
  const next = { ...channel, ...end, lease: released(hold, tx) }
  const same = channel.status === end.status && JSON.stringify(channel.reason) === JSON.stringify(end.reason)
  if (same) {
    const { wakeAt, epoch, failures, strayCheckAt } = end
    tx.measure('channels', channel.id, { wakeAt, epoch, failures, strayCheckAt, lease: next.lease })
    return next
  }
  tx.emit('channel.changed', [channel.id])
  return tx.record('channels', next, channel, { action: 'channel.status', why: end.reason?.code ?? end.status })
}

/** What a failure means for the channel (DESIGN.md 4): transient and throttled come again, a refusal goes back to the recruiter. */
export async function fail(
  ports: DriveNeeds,
  hold: Hold,
  failure: PlatformFailure,
  { lastAttempt, retryInSeconds = 0 }: Pick<Drive, 'lastAttempt' | 'retryInSeconds'>,
): Promise<'done' | 'retry'> {
  const message = failure.details.userMessage ?? failure.message
  const again = await underLease(ports, hold, async (tx, channel) => {
    const campaign = await tx.get('campaigns', channel.campaignId)
    if (!campaign) throw notFound('campaign', channel.campaignId)
    const { heldBy } = failure.details
    const failures = channel.failures + (heldBy ? 0 : 1)
    const asked = askedMeanwhile(hold, channel)
    const soon = Boolean(heldBy) || ['ambiguous', 'throttled', 'auth'].includes(failure.kind)
    const final =
      !asked &&
      (failure.kind === 'refusal' || (failure.kind === 'auth' && failures >= AUTH_ATTEMPTS) || (lastAttempt && !soon))
    const seconds =
      failure.kind === 'auth' && !heldBy
        ? AUTH_WAIT_SECONDS * AUTH_WAIT_GROWTH ** channel.failures
        : (failure.details.retryAfterSeconds ?? UNKNOWN_OUTCOME_SECONDS)
    const end: End = {
      status: final ? 'FAILED' : channel.status,
      reason:
        final || failure.kind === 'auth' ? { code: failure.kind, message } : { code: heldBy ?? 'retrying', message },
      wakeAt: final ? null : new Date(Date.parse(tx.now) + (soon ? seconds : retryInSeconds) * 1000).toISOString(),
      epoch: soon ? channel.epoch + 1 : channel.epoch,
      failures,
      strayCheckAt: strayCheck(ports, tx, channel.platform),
      ...asked,
    }
    const after = write(tx, hold, channel, end)
    const others = (await channelsIn(tx, campaign)).filter((c) => c.id !== channel.id)
    settle(tx, campaign, [...others, after])
    await releaseAfterDrive(tx, after, adDay(new Date(tx.now), channel.timeZone) > campaign.endsOn)
    if (heldBy === 'auth') await askForReconnection(tx, channel, message)
    if (final) await giveUp(tx, channel, failure, message, hold.cause.correlationId)
    return { final: final || asked !== undefined, soon, after }
  })
  if (again.soon && !again.final) await wake(ports, hold.org, again.after, again.after.wakeAt ?? undefined)
  return again.final || again.soon ? 'done' : 'retry'
}

export const incidentId = (channel: Pick<Channel, 'id'>): string => `publish_${channel.id.replace('/', '_')}`

const SUGGESTION = {
  auth: 'Reconnect the ad account in Settings, then retry.',
  refusal: 'Change what the platform names, then publish again.',
  transient: 'Retry when the platform answers again.',
  ambiguous: 'Retry when the platform answers again.',
  throttled: 'Retry later.',
} as const

async function giveUp(
  tx: Transaction,
  channel: Channel,
  failure: PlatformFailure,
  message: string,
  correlationId: string,
) {
  const trouble: Trouble = {
    id: incidentId(channel),
    kind: failure.kind === 'auth' ? 'platform_auth' : failure.kind === 'refusal' ? 'platform_refusal' : 'dead_letter',
    subject: channel.id,
    message,
    suggestedAction: SUGGESTION[failure.kind],
  }
  await openIncident(tx, trouble)
  if (failure.kind === 'auth') {
    const connection = await tx.get('connections', channel.platform)
    if (connection)
      tx.measure('connections', connection.id, { status: 'failing', lastError: message, checkedAt: tx.now })
  }
  if (failure.kind === 'refusal') return
  giveUpWork(tx, trouble, {
    kind: 'publish',
    queue: `publish-${channel.platform}`,
    payload: { campaignId: channel.campaignId, platform: channel.platform },
    attempts: channel.failures + 1,
    correlationId,
  })
}
