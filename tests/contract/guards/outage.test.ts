import { beforeEach, describe, expect, test } from 'vitest'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { closeReconnection } from '#functions/capabilities/campaigns/reconnection.ts'
import { redriveRefused } from '#functions/capabilities/campaigns/redrive-refused.ts'
import { pauseCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { checkConnection } from '#functions/capabilities/connections/connect.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'
import { CAUSE, memorySecrets } from '#tests/support/world.ts'

let world: GuardedWorld
beforeEach(async () => {
  world = await guardedWorld()
})

const publish = async () => (await publishCampaign(world.ports, ORG, CAUSE, (await world.draft()).id)).campaign
const letters = async () => (await world.store.list(ORG, 'deadLetters', { limit: 50 })).items
const incidents = async () => (await world.store.list(ORG, 'incidents', { limit: 50 })).items

describe('an outage of half an hour', () => {
  for (const kind of ['ambiguous', 'transient'] as const)
    test(`(${kind}) is asked about once in 30 s, exhausts nothing, and is over within two minutes`, async () => {
      await publish()
      await publish()
      world.weather.failure = new PlatformFailure(kind, 'HTTP 503')
      await world.run(60)
      const opened = world.calls.length
      await world.run(29 * 60)
      expect(world.calls.length - opened).toBeLessThanOrEqual(29 * 2)
      expect(world.calls.length - opened).toBeGreaterThan(29)
      expect(opened).toBeLessThanOrEqual(8)
      world.weather.failure = null
      await world.run(120)
      expect(await world.statuses()).toEqual({ ACTIVE: 2 })
      expect(await letters()).toEqual([])
    }, 180_000)

  test('a pause is tried all the same, and is not given up', async () => {
    const campaign = await publish()
    await world.run(60)
    world.weather.failure = new PlatformFailure('transient', 'HTTP 503')
    await pauseCampaign(world.ports, ORG, CAUSE, campaign.id)
    const before = world.calls.length
    await world.run(30 * 60)
    expect(world.calls.slice(before).every(({ delivery }) => delivery === 'paused')).toBe(true)
    expect(world.calls.length - before).toBeGreaterThan(30)
    expect(await letters()).toEqual([])
    world.weather.failure = null
    await world.run(60)
    expect(await world.statuses()).toEqual({ PAUSED: 1 })
  }, 180_000)
})

describe('a token that is refused', () => {
  test('costs three calls in all; the rest waits, one incident asks for a person, and a working check lets everything go on', async () => {
    for (let i = 0; i < 4; i++) await publish()
    world.weather.failure = new PlatformFailure('auth', 'The token has expired')
    await world.run(30 * 60)
    expect(world.calls).toHaveLength(3)
    expect((await incidents()).filter(({ subject }) => subject === 'meta')).toHaveLength(1)
    expect((await world.connection()).status).toBe('failing')
    const waiting = (await world.store.list(ORG, 'campaigns', { limit: 50 })).items
    expect(waiting.filter(({ status }) => status === 'FAILED').length).toBeLessThanOrEqual(1)

    world.weather.failure = null
    await checkConnection({ ...world.ports, secrets: memorySecrets() }, ORG, CAUSE, 'meta')
    await closeReconnection(world.ports, ORG, CAUSE, 'meta')
    await redriveRefused(world.ports, ORG, CAUSE, 'meta')
    await world.run(6 * 60)
    expect(await world.statuses()).toEqual({ ACTIVE: 4 })
    expect((await incidents()).filter(({ closedAt }) => closedAt === null)).toEqual([])
  }, 180_000)
})
