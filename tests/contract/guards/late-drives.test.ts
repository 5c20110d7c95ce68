import { beforeEach, expect, test } from 'vitest'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { wakeLate } from '#functions/capabilities/campaigns/wake-late.ts'
import { backoffAfter } from '#functions/lib/manifest.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'
import { CAUSE } from '#tests/support/world.ts'

/** The sweeper makes good what was lost; what somebody is about, or will come to, it leaves alone. */

let world: GuardedWorld
beforeEach(async () => {
  world = await guardedWorld()
})

const publish = async () => (await publishCampaign(world.ports, ORG, CAUSE, (await world.draft()).id)).campaign
const channel = async (id: string) => {
  const found = await world.store.get(ORG, 'channels', `${id}/meta`)
  if (!found) throw new Error('no channel')
  return found
}

test('a drive that takes longer than a minute is not asked for a second time', async () => {
  const { id } = await publish()
  const { epoch } = await channel(id)
  world.weather.before = async ({ method }) => {
    if (method !== 'create') return
    world.clock.advance(90_000)
    expect(await wakeLate(world.ports, 'sweep')).toBe(0)
    expect((await channel(id)).epoch).toBe(epoch)
  }
  await world.run(0)
  expect(world.calls.map(({ method }) => method)).toEqual(['create', 'set', 'state'])
  expect(world.waiting).toEqual([])
})

test('a drive whose task was lost is asked for again', async () => {
  await publish()
  world.waiting.length = 0
  world.clock.advance(61_000)
  expect(await wakeLate(world.ports, 'sweep')).toBe(1)
  await world.run(0)
  expect(await world.statuses()).toEqual({ ACTIVE: 1 })
})

test('a failure that does not pass is given up after eight attempts, though the waits between them are longer than a minute', async () => {
  // The order is taken each time, so that the breaker stays closed; what became of it is never told.
  world.weather.before = async ({ method }) => {
    if (method === 'state') throw new PlatformFailure('transient', 'HTTP 500')
  }
  const { id } = await publish()
  for (let minute = 0; minute < 20; minute++) {
    await world.run(60)
    await wakeLate(world.ports, 'sweep')
  }
  expect(await channel(id)).toMatchObject({ status: 'FAILED', reason: { code: 'transient' } })
  expect(world.calls.filter(({ method }) => method === 'state')).toHaveLength(8)
  const [letter] = (await world.store.list(ORG, 'deadLetters', { limit: 5 })).items
  expect(letter).toMatchObject({ kind: 'publish', state: 'open' })
})

test('Cloud Tasks’ own waits are as it documents them', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((attempt) => backoffAfter('publish-meta', attempt))
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 480, 600])
})
