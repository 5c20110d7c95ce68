import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
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

describe('a worker that dies', () => {
  const CALLS = ['create', 'set', 'state'] as const
  for (const method of CALLS)
    for (const when of ['before', 'after'] as const)
      test(`${when} a ${method}: the next one finishes, and nothing exists twice`, async () => {
        let deaths = 0
        world.seams.wrap = (platform) => ({
          ...platform,
          [method]: async (...args: never[]) => {
            const call = platform[method] as (...args: never[]) => Promise<unknown>
            if (deaths++ === 0) {
              if (when === 'after') await call(...args)
              throw new Error('killed')
            }
            return call(...args)
          },
        })
        const draft = await draftCampaign(world)
        await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
        const [task] = world.waiting.splice(0)
        if (!task) throw new Error('no task')
        await expect(world.deliver(task)).rejects.toThrow('killed')
        const channel = await world.channel(draft)
        if (channel) await world.expireLease(channel)
        world.waiting.push(task)
        await world.drain()
        expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
        expect(await standing(world)).toEqual(ONE_TREE)
      })

  test('and comes back after another took over cannot write any more', async () => {
    const draft = await draftCampaign(world)
    await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
    const [task] = world.waiting.splice(0)
    if (!task) throw new Error('no task')
    let wake: () => void = () => undefined
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    let sleeping = false
    world.seams.wrap = (platform) => ({
      ...platform,
      create: async (step, made) => {
        const id = await platform.create(step, made)
        if (!sleeping) {
          sleeping = true
          await asleep
        }
        return id
      },
    })
    const zombie = world.deliver(task)
    while (!sleeping) await new Promise((resolve) => setTimeout(resolve, 10))
    const channel = await world.channel(draft)
    if (channel) await world.expireLease(channel)
    world.waiting.push(task)
    await world.drain()
    wake()
    expect(await zombie).toBe('held')
    expect(await world.campaign(draft.id)).toMatchObject({ status: 'ACTIVE' })
    expect(await standing(world)).toEqual(ONE_TREE)
  })
})
