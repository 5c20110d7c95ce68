import type { AmzCampaign } from '#domain/amz-campaign.ts'
import type { StepRecord } from '#domain/channel.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { token } from '#functions/lib/hash.ts'
import { log } from '#functions/lib/log.ts'
import type { AdPlatform, Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

const CODE_LENGTH = 5

/** Where one campaign is kept, for the writes of one task. */
export interface Place {
  store: Ports['store']
  org: string
  id: string
  cause: Cause
}

/**
 * Makes the campaign on the platform, or finds out what became of an earlier call: intent is written before the call, and only who
 * wrote it sends. undefined = an earlier call may still land.
 */
export async function bring(
  place: Place,
  platform: AdPlatform,
  step: PlannedStep,
  quarantineMs: number,
): Promise<string | undefined> {
  const { before, attempt, now } = await place.store.transact(place.org, place.cause, async (tx) => {
    const campaign = await tx.get('amzCampaigns', place.id)
    if (!campaign) throw new Error(`The AMZ campaign ${place.id} is gone`)
    const at = tx.databaseNow()
    const attempts = campaign.step.attempts + 1
    if (campaign.step.state === 'planned') {
      const sent = { ...campaign.step, state: 'sent' as const, attempts, sentAt: at.toISOString() }
      tx.put('amzCampaigns', { ...campaign, status: 'PROCESSING', step: sent })
    }
    return { before: campaign.step, attempt: attempts, now: at.getTime() }
  })
  if (before.externalId) return before.externalId
  if (before.state === 'sent') return reconcile(place, platform, step, before, now, quarantineMs)
  try {
    return await keep(place, await platform.create(step, {}))
  } catch (error) {
    // Anything but an ambiguous answer says that nothing was made.
    if (error instanceof PlatformFailure && error.kind !== 'ambiguous') await reopen(place, attempt)
    throw error
  }
}

async function reconcile(
  place: Place,
  platform: AdPlatform,
  step: PlannedStep,
  record: StepRecord,
  now: number,
  quarantineMs: number,
): Promise<string | undefined> {
  const [oldest, ...extras] = await platform.find(step, {})
  for (const extra of extras) {
    log().error({ extra: extra.id }, 'a second object of one AMZ campaign: removed')
    await platform.remove(step.level, extra.id)
  }
  if (oldest) return keep(place, oldest.id)
  if (record.sentAt === null || now - Date.parse(record.sentAt) >= quarantineMs) await reopen(place, record.attempts)
  return undefined
}

/** The first id wins, for good. */
function keep(place: Place, externalId: string): Promise<string> {
  return change(place, (campaign, now) => ({
    ...campaign,
    step: {
      ...campaign.step,
      state: 'done',
      externalId: campaign.step.externalId ?? externalId,
      doneAt: campaign.step.doneAt ?? now,
    },
    externalId: campaign.externalId ?? `AMZ-${token(externalId, CODE_LENGTH).toUpperCase()}`,
  })).then((campaign) => campaign?.step.externalId ?? externalId)
}

/** Only the attempt that failed is taken back: a later one may be on its way. */
const reopen = (place: Place, attempt: number) =>
  change(place, (campaign) =>
    campaign.step.state === 'sent' && campaign.step.attempts === attempt
      ? { ...campaign, status: 'PENDING', step: { ...campaign.step, state: 'planned' } }
      : campaign,
  )

/** Changes the campaign as it is now; undefined when it is gone. */
export const change = (
  { store, org, id, cause }: Place,
  next: (campaign: AmzCampaign, now: string) => AmzCampaign,
): Promise<AmzCampaign | undefined> =>
  store.transact(org, cause, async (tx) => {
    const campaign = await tx.get('amzCampaigns', id)
    if (!campaign) return undefined
    const changed = next(campaign, tx.now)
    if (changed !== campaign) tx.put('amzCampaigns', changed)
    return changed
  })
