import { beforeEach, describe, expect, test } from 'vitest'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { pauseCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { counted } from '#tests/support/counted.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'
import { CAUSE } from '#tests/support/world.ts'

let world: GuardedWorld
beforeEach(async () => {
  world = await guardedWorld()
})

const publish = async () => (await publishCampaign(world.ports, ORG, CAUSE, (await world.draft()).id)).campaign

describe('an ad account’s quota', () => {
  test('at three quarters, new work waits half a minute; work under way goes on', async () => {
    world.weather.usage = { percent: 80 }
    await publish()
    await publish()
    await world.run(0)
    expect(world.calls.map(({ method }) => method)).toEqual(['create', 'set', 'state'])
    world.weather.usage = { percent: 10 }
    await world.run(60)
    expect(await world.statuses()).toEqual({ ACTIVE: 2 })
  })

  test('when it is used up, nothing but pauses is sent until the platform’s own time', async () => {
    const running = await publish()
    await world.run(60)
    world.weather.usage = { percent: 100, retryAfterSeconds: 600 }
    await publish()
    await world.run(0)
    const used = world.calls.length
    world.weather.usage = { percent: 0 }
    await world.run(590)
    expect(world.calls).toHaveLength(used)
    await pauseCampaign(world.ports, ORG, CAUSE, running.id)
    await world.run(0)
    expect(world.calls.slice(used).map(({ delivery, method }) => delivery ?? method)).toEqual(['paused', 'state'])
    await world.run(60)
    expect(await world.statuses()).toEqual({ ACTIVE: 1, PAUSED: 1 })
  })

  test('a refusal for too many calls closes the account for everybody, not for one worker', async () => {
    world.weather.failure = new PlatformFailure('throttled', 'too many calls', { retryAfterSeconds: 300 })
    await publish()
    await world.run(0)
    world.weather.failure = null
    const other = await world.newProcess().open(ORG, await world.connection())
    await expect(other.state({ campaign: 'x' })).rejects.toMatchObject({
      kind: 'throttled',
      details: { heldBy: 'rate_limit', retryAfterSeconds: 300 },
    })
    expect(world.calls).toHaveLength(1)
  })

  test('a platform that says how few calls it takes gets no more, and its pace is written once', async () => {
    world.weather.usage = { percent: 0, perSecond: 0.5 }
    const connection = await world.connection()
    const ask = async () => {
      const platform = await world.newProcess().open(ORG, connection)
      return platform.state({ campaign: 'x' }).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ details: { heldBy: 'rate_limit' } })
          return false
        },
      )
    }
    expect(await ask()).toBe(true)
    let served = 0
    const SECONDS = 60
    for (let second = 0; second < SECONDS; second++) {
      world.clock.advance(1000)
      // Each process takes a chunk and uses one call of it: the worst case.
      if (await ask()) served++
    }
    expect(served).toBeGreaterThan(2)
    expect(served).toBeLessThanOrEqual(0.5 * SECONDS)
    expect((await world.db.doc(`orgs/${ORG}/limits/meta_1`).get()).data()).toMatchObject({ perSecond: 0.5 })
  })

  test('twenty workers on one account together keep to its rate, and each gets calls through', async () => {
    const connection = await world.connection()
    const workers = Array.from({ length: 20 }, () => world.newProcess())
    const served = workers.map(() => 0)
    const ask = async (i: number) => {
      const platform = await workers[i]?.open(ORG, connection)
      await platform?.state({ campaign: 'x' }).then(
        () => served.splice(i, 1, (served[i] ?? 0) + 1),
        (error: unknown) => expect(error).toMatchObject({ details: { heldBy: 'rate_limit' } }),
      )
    }
    const SECONDS = 24
    for (let second = 0; second < SECONDS; second++) {
      for (let n = 0; n < 4; n++) for (let i = 0; i < workers.length; i++) await ask((i + second) % workers.length)
      world.clock.advance(1000)
    }
    const all = served.reduce((sum, n) => sum + n, 0)
    expect(all).toBeLessThanOrEqual(200 + 20 * SECONDS)
    expect(Math.min(...served)).toBeGreaterThan(0)
  }, 180_000)
})

test('the guards cost a drive one read of the account per call and one write of it, and two reads of the switches per write', async () => {
  const free = await guardedWorld()
  const costs = []
  for (const [each, guarded] of [
    [free, false],
    [world, true],
  ] as const) {
    if (!guarded) each.ports.platforms.open = async () => each.open(() => undefined)
    await publishCampaign(each.ports, ORG, CAUSE, (await each.draft()).id)
    const count = counted(each.db)
    await each.run(0)
    costs.push(count.take())
  }
  const [without, within] = costs
  // A create and an activation are the writes of this plan; then it is asked for its state.
  expect(within).toEqual({ reads: (without?.reads ?? 0) + 3 + 2 * 2, writes: (without?.writes ?? 0) + 1 })
})
