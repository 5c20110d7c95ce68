import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Campaign } from '#domain/campaign.ts'
import { deriveStatus } from '#domain/campaign-status.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { redriveChannel } from '#functions/capabilities/campaigns/redrive.ts'
import { pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { viewCampaign } from '#functions/capabilities/campaigns/view-campaign.ts'
import { wakeLate } from '#functions/capabilities/campaigns/wake-late.ts'
import { checkConnection } from '#functions/capabilities/connections/connect.ts'
import {
  draftCampaign,
  ONE_TREE,
  ORG,
  type PublishingWorld,
  publishingWorld,
  standing,
} from '#tests/support/publishing.ts'
import { CAUSE, memorySecrets } from '#tests/support/world.ts'

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

const publish = (campaign: Campaign) => publishCampaign(world.ports, ORG, CAUSE, campaign.ref)

describe('publishing', () => {
  test('makes everything paused, activates last, and says ACTIVE only after the review', async () => {
    const draft = await draftCampaign(world)
    const { campaign } = await publish(draft)
    expect(campaign.status).toBe('PENDING')
    const [task] = world.waiting.splice(0)
    if (task) await world.deliver(task)
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'PROCESSING', reason: { code: 'in_review' } })
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE', reason: null })
    const { objects } = await world.books()
    for (const { kind, history } of objects as unknown as {
      kind: string
      history: { action: string; status?: string }[]
    }[])
      if (kind !== 'creative') expect(history[0], kind).toMatchObject({ action: 'created', status: 'PAUSED' })
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('is seen with the status that its channels make, at any moment of it', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    let over = false
    const run = world.drain().finally(() => {
      over = true
    })
    const seen = new Set<string>()
    while (!over) {
      const { campaign, channels } = await viewCampaign(world.ports, ORG, draft.ref)
      expect(campaign.status).toBe(deriveStatus(channels).status)
      seen.add(campaign.status)
    }
    await run
    expect(seen.size).toBeGreaterThan(1)
  })

  test('costs nine calls of the platform: four creates, three activations, two questions', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    const [task] = world.waiting.splice(0)
    if (task) await world.deliver(task)
    const calls = await world.calls()
    expect(calls).toEqual({
      'meta.create-ad': 1,
      'meta.create-adset': 1,
      'meta.create-campaign': 1,
      'meta.create-creative': 1,
      'meta.list': 1,
      'meta.read': 1,
      'meta.update': 3,
    })
  })

  test('a task delivered three times makes one campaign', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    const [task] = world.waiting.splice(0)
    if (task) for (let i = 0; i < 3; i++) await world.deliver(task)
    await world.drain()
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('two workers at once: one of them drives, one campaign is made', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    const [task] = world.waiting.splice(0)
    if (!task) throw new Error('no task')
    const outcomes = await Promise.all([world.deliver(task), world.deliver(task)])
    expect(outcomes).toContain('done')
    expect(outcomes).not.toContain('retry')
    await world.drain()
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  for (const operation of ['create-campaign', 'create-adset', 'create-creative', 'create-ad', 'update'])
    for (const fault of ['answer-lost', '429', '500', 'html-502', 'wrong-body'])
      test(`${fault} at ${operation}: it still arrives, once`, async () => {
        await world.fault({ platform: 'meta', fault, operation, times: 1 })
        const draft = await draftCampaign(world)
        await publish(draft)
        await world.drain()
        expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
        expect(await standing(world)).toEqual(ONE_TREE)
      })

  test('a create that lands late is adopted, never made a second time', async () => {
    await world.fault({ platform: 'meta', fault: 'late-landing', operation: 'create-campaign', delaySeconds: 0.2 })
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect((await world.calls())['meta.create-campaign']).toBe(1)
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('an expired token is tried three times, then a person is asked; after a retry it runs and the incident closes', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.fault({ platform: 'meta', fault: 'expired-token', operation: 'create-campaign', times: 3 })
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'FAILED', reason: { code: 'auth' } })
    expect((await world.calls())['meta.create-campaign']).toBe(3)
    const [incident] = (await world.store.list(ORG, 'incidents', { limit: 5 })).items
    expect(incident).toMatchObject({ kind: 'platform_auth', closedAt: null, occurrences: 1 })
    const [letter] = (await world.store.list(ORG, 'deadLetters', { limit: 5 })).items
    expect(letter).toMatchObject({ kind: 'publish', state: 'open', attempts: 3 })
    expect((await world.store.get(ORG, 'connections', 'meta'))?.status).toBe('failing')
    const underWay = redriveChannel(world.ports, ORG, CAUSE, 'cmp_1/meta')
    await expect(underWay).rejects.toMatchObject({ code: 'not_found' })

    const secrets = memorySecrets()
    await checkConnection({ ...world.ports, secrets }, ORG, CAUSE, 'meta')
    await redriveChannel(world.ports, ORG, CAUSE, letter?.id ?? '')
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect((await world.store.list(ORG, 'incidents', { limit: 5 })).items[0]?.closedAt).not.toBeNull()
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('what the platform refuses goes straight back to the recruiter in the platform’s words', async () => {
    const draft = await draftCampaign(world, { dailyBudget: { amount: '0.01', currency: 'USD' } })
    await publish(draft)
    await world.drain()
    const failed = await world.campaign(draft.id)
    expect(failed).toMatchObject({ status: 'FAILED', reason: { code: 'refusal' } })
    expect(failed?.reason?.message).toMatch(/budget/i)
    expect((await world.calls())['meta.create-campaign']).toBe(1)
  })

  test('a rejected ad is REJECTED with the platform’s feedback', async () => {
    const draft = await draftCampaign(world, {
      creative: { primaryText: 'Guaranteed income from day one!', headline: 'Guaranteed income', description: '' },
    })
    await publish(draft)
    await world.drain()
    const rejected = await world.campaign(draft.id)
    expect(rejected?.status).toBe('REJECTED')
    expect(rejected?.reason?.message).toBeTruthy()
  })
})

describe('what happens on the platform without us', () => {
  test('a campaign paused over there is noticed by the next sync, called PAUSED, and not fought', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.drain()
    const [made] = (await world.books()).campaigns
    await world.graph(made?.id ?? '', { status: 'PAUSED' })
    world.clock.advance(3_600_000)
    await world.sync()
    await wakeLate(world.ports, 'sweep')
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'PAUSED', reason: { code: 'paused_on_platform' } })
  })
})

describe('figures', () => {
  test('of a campaign that was deleted over there stay: the money was spent', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.drain()
    world.clock.advance(2 * 86_400_000)
    await world.sync()
    const before = (await world.campaign(draft.id))?.totals
    expect(before?.spendMicros).toBeGreaterThan(0)
    await world.graph((await world.books()).campaigns[0]?.id ?? '', { status: 'DELETED' })
    await world.sync()
    expect((await world.campaign(draft.id))?.totals?.spendMicros).toBeGreaterThanOrEqual(before?.spendMicros ?? 0)
  })
})

describe('pausing and resuming', () => {
  test('PAUSED and ACTIVE are said only when the platform confirmed them', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.drain()
    const { campaign: draining } = await pauseCampaign(world.ports, ORG, CAUSE, draft.ref)
    expect(draining.status).toBe('DRAINING')
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'PAUSED', reason: { code: 'paused_by_user' } })
    await resumeCampaign(world.ports, ORG, CAUSE, draft.ref)
    expect((await world.campaign(draft.id))?.status).toBe('PROCESSING')
    await world.drain()
    expect((await world.campaign(draft.id))?.status).toBe('ACTIVE')
  })

  test('a pause that the platform does not take leaves the status at DRAINING and is tried again', async () => {
    const draft = await draftCampaign(world)
    await publish(draft)
    await world.drain()
    await world.fault({ platform: 'meta', fault: '500', operation: 'update', times: 1 })
    await pauseCampaign(world.ports, ORG, CAUSE, draft.ref)
    const [task] = world.waiting.splice(0)
    if (task) await world.deliver(task)
    expect((await world.campaign(draft.id))?.status).toBe('DRAINING')
    await world.drain()
    expect((await world.campaign(draft.id))?.status).toBe('PAUSED')
  })

  test('a campaign is COMPLETED when its last day is over and the platform stopped it', async () => {
    const draft = await draftCampaign(world, { end: '2026-11-22' })
    await publish(draft)
    await world.drain()
    const channel = await world.channel(draft)
    expect(channel?.wakeAt).toBe('2026-11-23T05:00:00.000Z')
    world.clock.set('2026-11-23T06:00:00.000Z')
    if (channel)
      await world.deliver({
        queue: 'publish-meta',
        name: 'end',
        org: ORG,
        correlationId: 'x',
        payload: { campaignId: draft.id, platform: 'meta', epoch: channel.epoch },
      })
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'COMPLETED', reason: { code: 'ended' } })
  })
})
