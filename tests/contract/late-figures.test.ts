import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { draftCampaign, ORG, type PublishingWorld, publishingWorld } from '#tests/support/publishing.ts'
import { CAUSE } from '#tests/support/world.ts'

/** Platforms tell a day's figures hours or days after it, or tell them twice; what we show is what they say in the end. */

const DAY = 86_400_000
let world: PublishingWorld
beforeEach(async () => {
  world = await publishingWorld()
})
afterEach(() => world.stop())

/** A campaign that ran for three days and whose last day is over. */
async function ended(): Promise<string> {
  const draft = await draftCampaign(world, { end: '2026-11-22' })
  await publishCampaign(world.ports, ORG, CAUSE, draft.ref)
  await world.drain()
  world.clock.set('2026-11-23T15:00:00.000Z')
  return draft.id
}

const spentByBooks = async (): Promise<number> => {
  const [booked] = (await world.books()).campaigns as unknown as { days: { spendMicros: number }[] }[]
  return booked?.days.reduce((sum, day) => sum + day.spendMicros, 0) ?? 0
}
const spentByUs = async (id: string): Promise<number> => (await world.campaign(id))?.totals?.spendMicros ?? 0

describe('a day’s figures', () => {
  for (const fault of ['late-metrics', 'restated-metrics'])
    test(`of a platform with ${fault} are too low at first and right after a later sync`, async () => {
      await world.fault({ fault, operation: 'insights', times: 'always', delaySeconds: 2 * 86_400 })
      const id = await ended()
      await world.sync()
      const first = await spentByUs(id)
      expect(first).toBeGreaterThan(0)
      expect(first).toBeLessThan(await spentByBooks())

      world.clock.advance(3 * DAY)
      await world.sync()
      expect(await spentByUs(id)).toBe(await spentByBooks())
    })

  test('that the platform leaves out again are gone, and back with the next sync: each sync replaces the whole window', async () => {
    const id = await ended()
    await world.sync()
    const whole = await spentByUs(id)
    expect(whole).toBe(await spentByBooks())
    await world.fault({ fault: 'late-metrics', operation: 'insights', delaySeconds: 6 * 86_400 })
    await world.sync()
    expect(await spentByUs(id)).toBeLessThan(whole)
    await world.sync()
    expect(await spentByUs(id)).toBe(whole)
  })
})
