import type { Campaign } from '#domain/campaign.ts'
import { assertMove } from '#domain/campaign-status.ts'
import { type Channel, channelId, type StepRecord } from '#domain/channel.ts'
import { DomainError, notFound } from '#domain/errors.ts'
import { adDay, addDays } from '#domain/time.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'
import { assertJobOpen } from './assert-job-open.ts'
import { channelsIn } from './channels.ts'
import { type PlannedChannel, planCampaign } from './plan-campaign.ts'
import { settle } from './settle.ts'
import { wake } from './wake.ts'

type Needs = Pick<Ports, 'store' | 'platforms' | 'links' | 'tasks' | 'clock'>

/** Writes the intent (one channel per platform, with its plan) and asks for the first drive of each; the platforms are called later. */
export async function publishCampaign(
  ports: Needs,
  org: string,
  cause: Cause,
  idOrRef: string,
): Promise<{ campaign: Campaign; channels: Channel[] }> {
  const seen = await ports.store.find(org, 'campaigns', idOrRef)
  assertMove('publish', seen.status, seen.ref)
  const planned = await planCampaign(ports, org, seen)
  assertDates(seen, planned, ports.clock.now())

  const result = await ports.store.transact(org, cause, async (tx) => {
    const campaign = await tx.get('campaigns', seen.id)
    if (!campaign) throw notFound('campaign', seen.id)
    assertMove('publish', campaign.status, campaign.ref)
    assertJobOpen(await tx.get('jobs', campaign.jobId), campaign)
    const before = await channelsIn(tx, campaign)
    const channels = planned.map((p) =>
      intend(
        tx,
        campaign,
        p,
        before.find((c) => c.platform === p.platform),
        cause,
      ),
    )
    return { campaign: settle(tx, campaign, channels), channels }
  })
  for (const channel of result.channels) await wake(ports, org, channel)
  return result
}

/** A channel that failed keeps what it has made or may have made; everything else follows the new plan. */
function intend(
  tx: Transaction,
  campaign: Campaign,
  { platform, connection, plan }: PlannedChannel,
  before: Channel | undefined,
  cause: Cause,
): Channel {
  const begun = before?.steps.filter((step) => step.state !== 'planned') ?? []
  const fresh = (key: string): StepRecord =>
    begun.find((step) => step.key === key) ?? {
      key,
      state: 'planned',
      externalId: null,
      applied: null,
      attempts: 0,
      sentAt: null,
      doneAt: null,
    }
  const planned = plan.steps.map((step) =>
    begun.some(({ key }) => key === step.key) ? (before?.plan.steps.find(({ key }) => key === step.key) ?? step) : step,
  )
  return tx.record(
    'channels',
    {
      id: channelId(campaign.id, platform),
      campaignId: campaign.id,
      platform,
      accountId: connection.accountId,
      timeZone: connection.timeZone,
      desired: 'active',
      because: { code: 'published', message: null },
      confirmed: before?.confirmed === 'rejected' ? 'unknown' : (before?.confirmed ?? 'unknown'),
      confirmedAt: before?.confirmedAt ?? null,
      status: 'PENDING',
      reason: null,
      plan: { ...plan, steps: planned },
      steps: plan.steps.map(({ key }) => fresh(key)),
      lease: before?.lease ?? { fence: 0, owner: '', until: tx.now },
      epoch: (before?.epoch ?? 0) + 1,
      failures: 0,
      wakeAt: tx.now,
      correlationId: cause.correlationId,
    },
    before,
    { action: 'channel.publish' },
  )
}

function assertDates(campaign: Campaign, planned: PlannedChannel[], now: Date): void {
  for (const { connection } of planned) {
    const today = adDay(now, connection.timeZone)
    if (campaign.endsOn < today)
      throw new DomainError('unprocessable', `${campaign.ref} would have ended on ${campaign.endsOn}`, {
        remedy: `Make a campaign that ends on ${addDays(today, 1)} or later.`,
      })
  }
}
