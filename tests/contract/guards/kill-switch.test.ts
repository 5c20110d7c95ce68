import { beforeEach, describe, expect, test } from 'vitest'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { boundOfHalt } from '#functions/capabilities/campaigns/bound-of-halt.ts'
import { haltCampaigns, haltStopped } from '#functions/capabilities/campaigns/halt.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { releaseHalted } from '#functions/capabilities/campaigns/release-halted.ts'
import { resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { flipSwitch } from '#functions/capabilities/control/flip-switch.ts'
import { paceOf } from '#functions/lib/manifest.ts'
import { type GuardedWorld, guardedWorld, ORG } from '#tests/support/guarded-world.ts'
import { CAUSE } from '#tests/support/world.ts'

let world: GuardedWorld
beforeEach(async () => {
  world = await guardedWorld()
})

const publish = async () => publishCampaign(world.ports, ORG, CAUSE, (await world.draft()).id)
const stop = () => flipSwitch(world.ports, ORG, CAUSE, { state: 'stopped', why: 'Budget was entered wrongly' })
const release = () => flipSwitch(world.ports, ORG, CAUSE, { state: 'running', why: 'It was corrected' })
const after = (n: number) => world.calls.slice(n).map(({ method, delivery }) => delivery ?? method)

describe('the kill switch fails closed', () => {
  const BROKEN: [name: string, break_: () => Promise<unknown>][] = [
    ['without the installation’s switch', () => world.db.doc('control/global').delete()],
    ['without the organisation’s switch', () => world.db.doc(`orgs/${ORG}/control/switch`).delete()],
    ['with one that cannot be read', () => world.db.doc(`orgs/${ORG}/control/switch`).set({ state: 'on' })],
    ['with the installation stopped', () => world.db.doc('control/global').update({ state: 'stopped' })],
  ]
  test.each(BROKEN)('%s nothing is published, and what is under way makes no call', async (_, breakIt) => {
    await publish()
    await breakIt()
    await expect(publish()).rejects.toMatchObject({ code: 'illegal_state', message: /kill switch/ })
    await world.run(0)
    expect(world.calls).toEqual([])
    expect((await world.ports.killSwitch.view(ORG)).running).toBe(false)
  })

  test('an adapter cannot be called past it, whoever calls', async () => {
    await stop()
    const platform = await world.ports.platforms.open(ORG, await world.connection())
    const step = { key: 'campaign', level: 'campaign', name: 'n', payload: {}, digest: 'd' }
    const made = { campaign: 'ext_1' }
    const writes = [
      () => platform.create(step, {}),
      () => platform.update(step, made),
      () => platform.set(made, 'active'),
    ]
    for (const write of writes) await expect(write()).rejects.toMatchObject({ details: { heldBy: 'kill_switch' } })
    await platform.set(made, 'paused')
    await platform.remove('campaign', 'ext_1')
    expect(after(0)).toEqual(['paused', 'remove'])
  })
})

describe('after the flip', () => {
  test('no call but pauses starts, whatever a drive was doing', async () => {
    for (const stopAt of ['create', 'set', 'state']) {
      world = await guardedWorld()
      await publish()
      let seen = -1
      world.weather.before = async ({ method }) => {
        if (method !== stopAt || seen >= 0) return
        await stop()
        await haltCampaigns(world.ports, ORG, CAUSE)
        seen = world.calls.length
      }
      await world.run(120)
      const rest = after(seen).filter((call) => call !== 'state')
      expect(
        rest.filter((call) => call !== 'paused'),
        stopAt,
      ).toEqual([])
      expect([...world.delivering.values()], stopAt).toEqual(['paused'])
      expect(await world.statuses(), stopAt).toEqual({ KILLED: 1 })
    }
  })

  test('an activation whose answer was lost is paused on the platform, not believed to be paused', async () => {
    await publish()
    world.weather.before = async ({ method }) => {
      if (method === 'set') throw new Error('the worker died after the call')
    }
    await expect(world.run(0)).rejects.toThrow('died')
    expect((await world.store.get(ORG, 'channels', `${(await first()).id}/meta`))?.confirmed).toBe('unknown')
  })
  const first = async () => {
    const [campaign] = (await world.store.list(ORG, 'campaigns', { limit: 1 })).items
    if (!campaign) throw new Error('no campaign')
    return campaign
  }

  test('everything is paused within five minutes, two calls each, ahead of what waits to be published', async () => {
    const RUNNING = 20
    for (let i = 0; i < RUNNING; i++) await publish()
    await world.run(600)
    expect(await world.statuses()).toEqual({ ACTIVE: RUNNING })
    for (let i = 0; i < 5; i++) await publish()
    const before = world.calls.length
    await stop()
    expect(world.published.at(-1)).toMatchObject({ type: 'org.stopped', subjects: [ORG] })
    await haltCampaigns(world.ports, ORG, CAUSE)
    const flipped = world.clock.now().getTime()
    await world.run(300)
    const calls = world.calls.slice(before)
    expect(calls.filter(({ delivery }) => delivery === 'paused')).toHaveLength(RUNNING)
    expect(calls.filter(({ method }) => method === 'state')).toHaveLength(RUNNING)
    expect(calls).toHaveLength(2 * RUNNING)
    expect(Math.max(...calls.map(({ at }) => at)) - flipped).toBeLessThanOrEqual(300_000)
    expect(await world.statuses()).toEqual({ KILLED: RUNNING + 5 })
    expect(new Set(world.delivering.values())).toEqual(new Set(['paused']))
  }, 240_000)

  test('it runs again only when the switch is released and a person resumes it', async () => {
    const { campaign } = await publish()
    await world.run(60)
    await stop()
    await haltCampaigns(world.ports, ORG, CAUSE)
    await world.run(60)
    const killed = await world.store.get(ORG, 'campaigns', campaign.id)
    expect(killed).toMatchObject({ status: 'KILLED', reason: { code: 'kill_switch' } })
    await expect(resumeCampaign(world.ports, ORG, CAUSE, campaign.id)).rejects.toMatchObject({ code: 'illegal_state' })
    await release()
    await world.run(120)
    expect(await world.statuses()).toEqual({ KILLED: 1 })
    await resumeCampaign(world.ports, ORG, CAUSE, campaign.id)
    await world.run(60)
    expect(await world.statuses()).toEqual({ ACTIVE: 1 })
  })

  test('an event that comes after the release stops nothing', async () => {
    await publish()
    await world.run(60)
    await stop()
    await release()
    await haltCampaigns(world.ports, ORG, CAUSE)
    await world.run(60)
    expect(await world.statuses()).toEqual({ ACTIVE: 1 })
  })

  test('the sweep halts what no event told, the stop of the whole installation included', async () => {
    await publish()
    await world.run(60)
    await world.db.doc('control/global').update({ state: 'stopped' })
    expect(await haltStopped(world.ports, 'sweep')).toBe(1)
    await world.run(60)
    expect(await world.statuses()).toEqual({ KILLED: 1 })
    expect(await haltStopped(world.ports, 'sweep')).toBe(0)
  })

  test('what it may still cost is given back once the platform paused it: by the next sweep, or with the release', async () => {
    const reserved = async () => Object.keys((await world.store.get(ORG, 'ledger', 'daily'))?.reserved ?? {}).length
    for (const giveBack of [
      () => haltStopped(world.ports, 'sweep'),
      async () => {
        await release()
        expect(world.published.at(-1)).toMatchObject({ type: 'org.released', subjects: [ORG] })
        await releaseHalted(world.ports, ORG, CAUSE)
      },
    ]) {
      world = await guardedWorld()
      await publish()
      await publish()
      await world.run(60)
      await stop()
      await releaseHalted(world.ports, ORG, CAUSE)
      expect(await reserved()).toBe(2)
      await haltCampaigns(world.ports, ORG, CAUSE)
      await world.run(60)
      expect(await world.statuses()).toEqual({ KILLED: 2 })
      expect(await reserved()).toBe(2)
      await giveBack()
      expect(await reserved()).toBe(0)
    }
  })

  test('how long it may take is told of what may run, and of what the account says', async () => {
    const told = () => boundOfHalt(world.ports, ORG, paceOf)
    await world.draft()
    expect(await told()).toMatchObject({ campaigns: 0, seconds: 0 })
    await publish()
    await publish()
    await world.run(60)
    expect(await told()).toMatchObject({ campaigns: 2, channels: 2, by: 'queue', platform: 'meta', seconds: 9 })
    world.weather.failure = new PlatformFailure('throttled', 'too many calls', { retryAfterSeconds: 300 })
    await publish()
    await world.run(0)
    expect(await told()).toMatchObject({ campaigns: 3, by: 'closed', platform: 'meta', seconds: 309 })
  })

  test('who stopped it and why stands in the audit trail', async () => {
    await stop()
    const entries = await world.db.collection(`orgs/${ORG}/control/switch/audit`).get()
    expect(entries.docs.map((entry) => entry.data())).toMatchObject([
      { action: 'switch.stopped', actor: 'user:ana', why: 'Budget was entered wrongly' },
    ])
  })
})
