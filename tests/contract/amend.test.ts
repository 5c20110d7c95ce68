import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Campaign } from '#domain/campaign.ts'
import { editCampaign } from '#functions/capabilities/campaigns/edit-campaign.ts'
import { planCampaign } from '#functions/capabilities/campaigns/plan-campaign.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { closeCampaign, pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import {
  draftCampaign,
  ONE_TREE,
  ORG,
  type PublishingWorld,
  publishingWorld,
  standing,
} from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

const publish = ({ ref }: Campaign, plan?: string) => publishCampaign(world.ports, ORG, CAUSE, ref, plan)
const edit = ({ ref }: Campaign, patch: object) => editCampaign(world.ports, ORG, CAUSE, ref, patch)
const usd = (amount: string) => ({ dailyBudget: { amount, currency: 'USD' } })

async function running(more: object = {}): Promise<Campaign> {
  const draft = await draftCampaign(world, more)
  await publish(draft)
  await world.drain()
  const campaign = await world.campaign(draft.id)
  if (campaign?.status !== 'ACTIVE') throw new Error(`it is ${campaign?.status}`)
  return campaign
}
async function planOf({ id }: Campaign) {
  const campaign = await world.campaign(id)
  if (!campaign) throw new Error('no campaign')
  return planCampaign(world.ports, ORG, campaign)
}
const fieldsOf = async (kind: string) =>
  (await world.books()).objects
    .filter((o) => o.kind === kind && !o.deleted)
    .map((o) => o.fields as Record<string, unknown>)

describe('an edit of a running campaign', () => {
  test('waits until it is published; the plan shows what changes, and publishing changes just that', async () => {
    const campaign = await running()
    const edited = await edit(campaign, usd('30.00'))
    expect(edited).toMatchObject({ dailyBudget: { minor: 2000 }, pending: { dailyBudget: { minor: 3000 } } })
    const plan = await planOf(campaign)
    expect(plan.channels[0]?.changes).toMatchObject([
      { action: 'update', level: 'campaign', before: { daily_budget: '2000' }, after: { daily_budget: '3000' } },
    ])
    const before = await world.calls()
    await publish(campaign, plan.hash)
    expect(await world.campaign(campaign.id)).toMatchObject({ dailyBudget: { minor: 3000 }, pending: null })
    await world.drain()
    expect((await fieldsOf('campaign'))[0]).toMatchObject({ daily_budget: '3000', status: 'ACTIVE' })
    expect(await world.campaign(campaign.id)).toMatchObject({ status: 'ACTIVE', reason: null })
    expect(await world.calls()).toMatchObject({ 'meta.create-campaign': before['meta.create-campaign'] })
    expect((await planOf(campaign)).channels[0]?.changes).toEqual([])
  })

  test('of its words makes another creative and removes the one before', async () => {
    const campaign = await running()
    const words = { primaryText: 'Buscamos a una persona que escriba APIs en Bogotá.', headline: 'Escribe APIs' }
    await edit(campaign, { creative: words })
    expect((await planOf(campaign)).channels[0]?.changes.map((c) => `${c.action} ${c.level}`)).toEqual([
      'create creative',
      'update ad',
      'remove creative',
    ])
    await publish(campaign)
    await world.drain()
    expect(JSON.stringify(await fieldsOf('creative'))).toContain('Escribe APIs')
    expect(await standing(world)).toEqual(ONE_TREE)
    expect((await world.campaign(campaign.id))?.status).toBe('ACTIVE')
  })

  test('that is repeated after a lost answer, or by a second worker, ends the same', async () => {
    const campaign = await running()
    await edit(campaign, usd('45.00'))
    await world.fault({ platform: 'meta', fault: 'answer-lost', operation: 'update', times: 1 })
    await publish(campaign)
    await world.drain()
    expect((await fieldsOf('campaign'))[0]).toMatchObject({ daily_budget: '4500' })
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('is refused with the place named, and nothing is kept of it', async () => {
    const campaign = await running()
    await expect(edit(campaign, usd('0'))).rejects.toMatchObject({
      details: { problems: [{ at: '/dailyBudget/amount' }] },
    })
    await expect(edit(campaign, { end: '2026-01-01' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(edit(campaign, { countries: ['MX'] })).rejects.toMatchObject({
      details: { problems: [{ at: '/countries' }] },
    })
    expect((await world.campaign(campaign.id))?.pending).toBeNull()
  })

  test('that takes itself back leaves nothing to publish', async () => {
    const campaign = await running()
    await edit(campaign, usd('30.00'))
    expect((await edit(campaign, usd('20.00'))).pending).toBeNull()
  })

  test('of a paused one waits for its resumption', async () => {
    const campaign = await running()
    await pauseCampaign(world.ports, ORG, CAUSE, campaign.ref)
    await world.drain()
    await edit(campaign, usd('30.00'))
    await expect(publish(campaign)).rejects.toMatchObject({ code: 'illegal_state' })
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    await world.drain()
    await publish(campaign)
    await world.drain()
    expect((await fieldsOf('campaign'))[0]).toMatchObject({ daily_budget: '3000' })
  })
})

describe('a plan', () => {
  test('is out of date once the campaign or the platform has moved on', async () => {
    const campaign = await running()
    await edit(campaign, usd('30.00'))
    const { hash } = await planOf(campaign)
    expect((await planOf(campaign)).hash).toBe(hash)
    const [made] = (await world.books()).campaigns
    await world.graph(made?.id ?? '', { status: 'PAUSED' })
    await expect(publish(campaign, hash)).rejects.toMatchObject({ code: 'conflict' })
    await world.graph(made?.id ?? '', { status: 'ACTIVE' })
    await edit(campaign, usd('31.00'))
    await expect(publish(campaign, hash)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('costs the platform no write', async () => {
    const draft = await draftCampaign(world)
    await planOf(draft)
    expect(await standing(world)).toEqual({})
  })
})

describe('closing', () => {
  test('stops for good, keeps what was spent on record, and is not undone by resuming', async () => {
    const campaign = await running()
    await closeCampaign(world.ports, ORG, CAUSE, campaign.ref)
    await world.drain()
    expect(await world.campaign(campaign.id)).toMatchObject({ status: 'ARCHIVED', reason: { code: 'closed_by_user' } })
    expect((await fieldsOf('campaign'))[0]).toMatchObject({ status: 'PAUSED' })
    await expect(resumeCampaign(world.ports, ORG, CAUSE, campaign.ref)).rejects.toMatchObject({ code: 'illegal_state' })
  })
})
