import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { removeStrays } from '#functions/capabilities/campaigns/remove-strays.ts'
import {
  draftCampaign,
  ONE_TREE,
  ORG,
  type PublishingWorld,
  publishingWorld,
  standing,
} from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** The platform made two where it was asked for one, and said nothing of it; or it hid the one that there is. */

let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

async function publish() {
  const draft = await draftCampaign(world)
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  await world.drain()
  return draft
}

/** The sweep that comes once nothing can land any more. */
const sweep = () =>
  removeStrays(world.ports, 'sweep', {
    realNow: () => new Date(Date.now() + 10_000),
    nowMs: () => performance.now(),
  })

const running = async () => {
  const { objects } = await world.books()
  return objects.filter(({ kind, status }) => kind === 'campaign' && status === 'ACTIVE').length
}
const lists = async () => (await world.calls())['meta.list']

describe('a create that arrived twice and was answered once', () => {
  for (const [operation, kind] of [
    ['create-campaign', 'campaign'],
    ['create-adset', 'adset'],
    ['create-creative', 'creative'],
    ['create-ad', 'ad'],
  ] as const)
    test(`${operation}: one campaign runs, and the sweep removes the twin`, async () => {
      await world.fault({ fault: 'duplicate-200', operation })
      const draft = await publish()
      expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
      expect(await standing(world)).toEqual({ ...ONE_TREE, [kind]: 2 })
      expect(await running()).toBe(1)

      expect(await sweep()).toBe(1)
      expect(await standing(world)).toEqual(ONE_TREE)
      expect(await running()).toBe(1)
      expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    })

  test('each object is looked for once: a sweep after a later drive asks no list again', async () => {
    await publish()
    await sweep()
    const asked = await lists()
    const [channel] = (await world.ports.census.due('channels', 'wakeAt', '2027-01-01T00:00:00.000Z', 1)).map(
      ({ document }) => document,
    )
    if (!channel) throw new Error('no channel')
    await world.db
      .doc(`orgs/${ORG}/campaigns/${channel.campaignId}/channels/meta`)
      .update({ strayCheckAt: '2020-01-01T00:00:00.000Z' })
    expect(await sweep()).toBe(0)
    // The one list is of the campaign's ads, whose states are its own.
    expect((await lists()) ?? 0).toBe((asked ?? 0) + 1)
  })
})

describe('a list that shows half of what there is', () => {
  test('once: what was made is found the next time, and made once', async () => {
    world.ports.platforms.quarantineMs = () => 600_000
    await world.fault({ fault: 'answer-lost', operation: 'create-campaign' })
    await world.fault({ fault: 'partial-list', operation: 'list' })
    const draft = await publish()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect((await world.calls())['meta.create-campaign']).toBe(1)
    expect(await standing(world)).toEqual(ONE_TREE)
  })

  test('for as long as it may lag: a second is made, one runs, and the sweep removes the first', async () => {
    await world.fault({ fault: 'answer-lost', operation: 'create-campaign' })
    await world.fault({ fault: 'partial-list', operation: 'list', times: 'always' })
    const draft = await draftCampaign(world)
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    for (let n = 0; n < 200 && ((await world.calls())['meta.create-campaign'] ?? 0) < 2; n++) {
      const task = world.waiting.shift()
      if (task && (await world.deliver(task)) !== 'done') world.waiting.push(task)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await fetch(`${world.control}/_sandbox/faults`, { method: 'DELETE' })
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect(await standing(world)).toEqual({ ...ONE_TREE, campaign: 2 })
    expect(await running()).toBe(1)
    expect(await sweep()).toBe(1)
    expect(await standing(world)).toEqual(ONE_TREE)
    expect(await running()).toBe(1)
  })
})

for (const operation of ['read', 'list'])
  test(`an answer to a ${operation} that means nothing is asked for again`, async () => {
    const draft = await draftCampaign(world)
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    await world.fault({ fault: 'wrong-body', operation })
    await world.drain()
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect(await standing(world)).toEqual(ONE_TREE)
  })
