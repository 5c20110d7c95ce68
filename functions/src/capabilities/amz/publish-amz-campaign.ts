import { system } from '#domain/actor.ts'
import type { AmzCampaign } from '#domain/amz-campaign.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { log } from '#functions/lib/log.ts'
import type { AdPlatform, PlatformState, Ports } from '#functions/ports/index.ts'
import { amzBrief } from './amz-brief.ts'
import { bring, change, type Place } from './bring-amz.ts'
import { nextLook } from './wake-amz.ts'

export type AmzNeeds = Pick<Ports, 'store' | 'platforms' | 'clock'>

export interface AmzTask {
  org: string
  amzCampaignId: string
  epoch: number
  correlationId: string
  lastAttempt: boolean
}

const MOST_AUTH_FAILURES = 3
/** A connection that was mended is noticed after this. */
const AUTH_WAIT_MS = 15 * 60_000

/** One look at a campaign: brings it to the platform if it is not there, and writes down what the platform says of it. */
export async function publishAmzCampaign(ports: AmzNeeds, task: AmzTask): Promise<'done' | 'retry'> {
  const { org, amzCampaignId: id, epoch, correlationId } = task
  const place: Place = { store: ports.store, org, id, cause: { actor: system('publish-amazon-ads'), correlationId } }
  const campaign = await ports.store.get(org, 'amzCampaigns', id)
  if (!campaign || campaign.epoch !== epoch || campaign.wakeAt === null) return 'done'
  try {
    const state = await advance(ports, place, campaign)
    // What was sent may still land: the next look finds it, or the one after.
    if (!state) return await wait(place, epoch, task.lastAttempt)
    await settle(place, epoch, state)
    return 'done'
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error
    log().warn({ kind: error.kind, code: error.details.code, failure: error.message }, 'the platform did not do it')
    return fail(place, task, error)
  }
}

async function advance(ports: AmzNeeds, place: Place, campaign: AmzCampaign): Promise<PlatformState | undefined> {
  const connection = await ports.store.get(place.org, 'connections', 'amazon-ads')
  if (!connection) throw new PlatformFailure('auth', 'No ad account of amazon-ads is connected')
  const platform = await ports.platforms.open(place.org, connection)
  let id = campaign.step.externalId
  if (!id) {
    const { steps } = await platform.plan(amzBrief(place.org, campaign, connection, ports.clock.now()))
    const step = steps.find(({ level }) => level === 'campaign')
    if (!step) throw new PlatformFailure('refusal', 'The platform plans no campaign of it')
    id = (await bring(place, platform, step, ports.platforms.quarantineMs('amazon-ads'))) ?? null
    if (!id) return undefined
  }
  return confirmed(place, platform, id, campaign.enabledAt !== null)
}

/** Enables it once; paused after that, it was somebody over there, and that is not fought. */
async function confirmed(place: Place, platform: AdPlatform, id: string, enabled: boolean): Promise<PlatformState> {
  if (!enabled) {
    await platform.set({ campaign: id }, 'active')
    await change(place, (campaign, now) => ({ ...campaign, enabledAt: campaign.enabledAt ?? now }))
  }
  return platform.state({ campaign: id })
}

const STATUS: Record<PlatformState['confirmed'], AmzCampaign['status']> = {
  unknown: 'PROCESSING',
  in_review: 'PROCESSING',
  active: 'ACTIVE',
  paused: 'FAILED',
  rejected: 'FAILED',
  gone: 'FAILED',
}
const WHY: Partial<Record<PlatformState['confirmed'], string>> = {
  paused: 'paused_on_platform',
  rejected: 'rejected',
  gone: 'removed_on_platform',
}

/** A task whose campaign was given to a newer one writes nothing. */
const settle = (place: Place, epoch: number, { confirmed: said, message }: PlatformState) =>
  change(place, (campaign, now) =>
    campaign.epoch !== epoch
      ? campaign
      : {
          ...campaign,
          status: STATUS[said],
          reason: WHY[said] ? { code: WHY[said], message } : null,
          failures: 0,
          wakeAt: said === 'gone' ? null : nextLook(now),
        },
  )

/** `retry` lets Cloud Tasks come again; after its last attempt the sweep does. */
async function wait(place: Place, epoch: number, last: boolean): Promise<'done' | 'retry'> {
  await change(place, (campaign, now) =>
    campaign.epoch === epoch ? { ...campaign, failures: campaign.failures + 1, wakeAt: nextLook(now) } : campaign,
  )
  return last ? 'done' : 'retry'
}

async function fail(place: Place, task: AmzTask, failure: PlatformFailure): Promise<'done' | 'retry'> {
  const reason = { code: failure.kind, message: failure.details.userMessage ?? failure.message }
  const campaign = await place.store.get(place.org, 'amzCampaigns', place.id)
  const auth = failure.kind === 'auth' && (campaign?.failures ?? 0) + 1 >= MOST_AUTH_FAILURES
  if (failure.kind !== 'refusal' && !auth) {
    const waited = await wait(place, task.epoch, task.lastAttempt)
    // What is made is asked about every minute anyway.
    return campaign?.status === 'ACTIVE' ? 'done' : waited
  }
  await change(place, (current, now) =>
    current.epoch === task.epoch
      ? { ...current, status: 'FAILED', reason, wakeAt: auth ? nextLook(now, AUTH_WAIT_MS) : null }
      : current,
  )
  return 'done'
}
