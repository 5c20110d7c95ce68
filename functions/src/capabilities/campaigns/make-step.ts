import type { StepRecord } from '#domain/channel.ts'
import { externalLinkId } from '#domain/channel.ts'
import { madeOf } from '#domain/next-move.ts'
import type { PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { log } from '#functions/lib/log.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import type { DriveNeeds } from './drive-channel.ts'
import { holdWhileStopped } from './gate.ts'
import { type Hold, renewed, underLease, withStep } from './lease.ts'
import { sendUnsettled } from './send-unsettled.ts'

type Needs = Pick<DriveNeeds, 'store'>

/** Intent first, then the call, then the result: whatever dies in between, the journal says what may have happened. */
export async function createStep(ports: Needs, hold: Hold, platform: AdPlatform, step: PlannedStep): Promise<void> {
  const made = await underLease(ports, hold, async (tx, channel) => {
    await holdWhileStopped(tx)
    const record = channel.steps.find((s) => s.key === step.key)
    const sent = {
      state: 'sent',
      attempts: (record?.attempts ?? 0) + 1,
      sentAt: tx.databaseNow().toISOString(),
      applied: step.digest,
    } as const
    tx.measure('channels', hold.channelId, {
      steps: withStep(channel.steps, step.key, sent),
      lease: renewed(tx, hold),
    })
    return madeOf(channel.steps)
  })
  try {
    await keep(ports, hold, step, await platform.create(step, made))
  } catch (error) {
    // Anything but an ambiguous answer says that nothing was made: the step may be tried afresh.
    if (error instanceof PlatformFailure && error.kind !== 'ambiguous') await reopen(ports, hold, step)
    throw error
  }
}

/**
 * Clears up a step whose outcome is unknown: adopts what is found under its name, or reopens it once a lost create can no longer land.
 * True = it may still land: come again later.
 */
export async function reconcileStep(
  ports: Needs,
  hold: Hold,
  platform: AdPlatform,
  step: PlannedStep,
  record: StepRecord,
  quarantineMs: number,
): Promise<boolean> {
  const { made, now } = await underLease(ports, hold, async (tx, channel) => ({
    made: madeOf(channel.steps),
    now: tx.databaseNow().getTime(),
  }))
  const [oldest, ...extras] = await platform.find(step, made)
  if (oldest) {
    for (const extra of extras) {
      log().error({ step: step.key, extra: extra.id }, 'a second object of one step: removed')
      await platform.remove(step.level, extra.id)
    }
    await keep(ports, hold, step, oldest.id)
    return false
  }
  if (step.name !== null && record.sentAt && now - Date.parse(record.sentAt) < quarantineMs) return true
  await reopen(ports, hold, step)
  return false
}

/** Brings what is made to its plan; repeated after an unknown outcome, because setting what is set changes nothing. */
export const updateStep = (ports: Needs, hold: Hold, platform: AdPlatform, step: PlannedStep): Promise<void> =>
  sendUnsettled(ports, hold, step.key, {
    intent: async () => ({}),
    send: (made) => platform.update(step, made),
    done: async (_, channel) => ({ steps: withStep(channel.steps, step.key, { applied: step.digest }) }),
  })

/** Removes what the plan no longer has, and forgets it when the platform has. */
export async function removeStep(ports: Needs, hold: Hold, platform: AdPlatform, record: StepRecord): Promise<void> {
  await underLease(ports, hold, async (tx) => tx.measure('channels', hold.channelId, { lease: renewed(tx, hold) }))
  if (record.externalId) await platform.remove(record.level, record.externalId)
  await underLease(ports, hold, async (tx, channel) => {
    tx.measure('channels', hold.channelId, {
      steps: channel.steps.filter((s) => s.key !== record.key),
      lease: renewed(tx, hold),
    })
  })
}

/** The first id wins, for good. */
async function keep(ports: Needs, hold: Hold, step: PlannedStep, externalId: string): Promise<void> {
  await underLease(ports, hold, async (tx, channel) => {
    const known = channel.steps.find((s) => s.key === step.key)?.externalId
    tx.measure('channels', hold.channelId, {
      steps: withStep(channel.steps, step.key, {
        state: 'done',
        externalId: known ?? externalId,
        doneAt: tx.now,
      }),
      lease: renewed(tx, hold),
      ...(channel.confirmed === 'unknown' && step.level === 'campaign' && { confirmed: 'paused', confirmedAt: tx.now }),
      failures: 0,
    })
    if (step.level === 'campaign')
      tx.put('externals', { id: externalLinkId(channel.platform, known ?? externalId), campaignId: channel.campaignId })
  })
}

async function reopen(ports: Needs, hold: Hold, step: PlannedStep): Promise<void> {
  await underLease(ports, hold, async (tx, channel) => {
    tx.measure('channels', hold.channelId, {
      steps: withStep(channel.steps, step.key, { state: 'planned' }),
      lease: renewed(tx, hold),
    })
  })
}
