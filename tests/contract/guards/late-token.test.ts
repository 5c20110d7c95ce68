import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import { type SandboxWorld, sandboxWorld } from '#tests/support/sandbox-world.ts'
import { amazonContractSubject } from '#tests/support/subjects/amazon-ads.ts'
import { briefFor } from '#tests/support/subjects/brief.ts'
import { googleAdsSubject } from '#tests/support/subjects/google-ads.ts'
import { freshWorld } from '#tests/support/world.ts'

/** A token may take longer than a lease: what was timely when it was asked for is not sent when the token comes too late. */

const ORG = 'andes'
const SUBJECTS = { 'google-ads': googleAdsSubject, 'amazon-ads': amazonContractSubject }
const CREATE = { 'google-ads': 'google-ads.mutate', 'amazon-ads': 'amazon-ads.create-campaign' }
type Key = keyof typeof SUBJECTS

class TooLate extends Error {}

let sandbox: SandboxWorld
beforeEach(async () => {
  sandbox = await sandboxWorld()
})
afterEach(() => sandbox.stop())

const calls = async () => (await sandbox.books()).calls

/** An account that has never had a token, behind the guards. */
async function account(key: Key, assertTimely: () => void) {
  const world = freshWorld()
  await world.openOrganisation(ORG)
  const { store, clock, killSwitch } = world
  const subject = await SUBJECTS[key](sandbox)
  const loader = async (_c: unknown, _t: string, _s: unknown, _r: unknown, ask: () => Promise<void>) =>
    subject.open(ask)
  const platforms = adPlatforms(
    ...([{}, { get: async () => '' }, { audience: async () => [] }, { store, clock, killSwitch }] as const),
    { [key]: loader },
  )
  return { subject, platform: await platforms.open(ORG, subject.connection, assertTimely) }
}

async function stepOf(key: Key) {
  const planner = await SUBJECTS[key](sandbox)
  const platform = await planner.open()
  const [step] = (await platform.plan(briefFor(planner, { campaign: { countries: ['US'] } }))).steps
  if (!step) throw new Error('no step')
  return step
}

describe.each(Object.keys(SUBJECTS) as Key[])('a create on %s', (key) => {
  test('is not sent when its token came too late, and nothing is made', async () => {
    const step = await stepOf(key)
    let asked = 0
    const { platform } = await account(key, () => {
      // In time for the guards, too late for what waits behind the token.
      if (++asked > 1) throw new TooLate()
    })
    await sandbox.fault({ platform: key, fault: 'slow-answer', operation: 'token', delaySeconds: 0.1 })
    await expect(platform.create(step, {})).rejects.toBeInstanceOf(TooLate)
    expect(asked).toBe(2)
    expect((await calls())[CREATE[key]]).toBeUndefined()
    expect((await sandbox.books()).objects).toEqual([])
  })

  test('is sent when it is still in time', async () => {
    const step = await stepOf(key)
    const { platform } = await account(key, () => undefined)
    await sandbox.fault({ platform: key, fault: 'slow-answer', operation: 'token', delaySeconds: 0.1 })
    await platform.create(step, {})
    expect((await calls())[CREATE[key]]).toBe(1)
  })
})

test('one token of Google serves both of its wires: a Mutate never waits for another behind the check', async () => {
  const subject = await googleAdsSubject(sandbox)
  const platform = await subject.open()
  await platform.check()
  expect((await calls())['google-ads.token']).toBe(1)
  const [step] = (await platform.plan(briefFor(subject))).steps
  if (!step) throw new Error('no step')
  await sandbox.fault({ platform: 'google-ads', fault: 'hang', operation: 'token', times: 'always' })
  await platform.create(step, {})
  expect((await calls())['google-ads.token']).toBe(1)
})
