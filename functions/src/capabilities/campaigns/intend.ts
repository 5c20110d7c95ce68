import type { Campaign } from '#domain/campaign.ts'
import { type Channel, channelId, type StepRecord } from '#domain/channel.ts'
import { DomainError } from '#domain/errors.ts'
import type { PlannedStep } from '#domain/plan.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { type PlannedChannel, usable } from './plan-campaign.ts'

const FAILED = ['FAILED', 'REJECTED']

/** The channel with its new plan, over what it has made or may have made; unchanged where there is nothing to do. */
export function intend(
  tx: Transaction,
  campaign: Campaign,
  { platform, connection, plan, changes }: PlannedChannel,
  before: Channel | undefined,
  cause: Cause,
): Channel {
  if (before && changes.length === 0 && !FAILED.includes(before.status)) return before
  const journal = usable(before)
  const records = plan.steps.map((step) => journal?.steps.find(({ key }) => key === step.key) ?? fresh(step))
  const leftOver = journal?.steps.filter(({ key, state }) => state !== 'planned' && !has(plan.steps, key)) ?? []
  if (leftOver.some(({ state }) => state === 'sent'))
    throw new DomainError('illegal_state', `What became of a part of ${campaign.ref} on ${platform} is not known yet`, {
      remedy: 'Wait a minute, or retry its failed task, then publish the change.',
    })
  const failed = !before || FAILED.includes(before.status)
  return tx.record(
    'channels',
    {
      id: channelId(campaign.id, platform),
      campaignId: campaign.id,
      platform,
      accountId: connection.accountId,
      timeZone: connection.timeZone,
      desired: failed ? 'active' : before.desired,
      because: failed ? { code: 'published', message: null } : before.because,
      confirmed: journal?.confirmed === 'rejected' ? 'unknown' : (journal?.confirmed ?? 'unknown'),
      confirmedAt: journal?.confirmedAt ?? null,
      status: failed ? 'PENDING' : before.status,
      reason: failed ? null : before.reason,
      plan,
      steps: [...records, ...leftOver],
      delivered: journal?.delivered ?? null,
      // What is still on its way is so whatever is planned now.
      unsettled: before?.unsettled ?? [],
      strayCheckAt: before?.strayCheckAt ?? null,
      lease: before?.lease ?? { fence: 0, owner: '', until: tx.now },
      epoch: (before?.epoch ?? 0) + 1,
      failures: 0,
      wakeAt: tx.now,
      correlationId: cause.correlationId,
    },
    before,
    { action: before && !failed ? 'channel.amend' : 'channel.publish' },
  )
}

const has = (steps: readonly PlannedStep[], key: string): boolean => steps.some((step) => step.key === key)

const fresh = ({ key, level }: PlannedStep): StepRecord => ({
  key,
  level,
  state: 'planned',
  externalId: null,
  applied: null,
  attempts: 0,
  sentAt: null,
  doneAt: null,
})
