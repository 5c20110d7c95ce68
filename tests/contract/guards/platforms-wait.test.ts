import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import type { AdPlatform } from '#functions/ports/index.ts'
import { type SandboxWorld, sandboxWorld } from '#tests/support/sandbox-world.ts'
import { amazonContractSubject } from '#tests/support/subjects/amazon-ads.ts'
import { briefFor } from '#tests/support/subjects/brief.ts'
import { googleAdsSubject } from '#tests/support/subjects/google-ads.ts'
import { freshWorld } from '#tests/support/world.ts'

/** What a platform says in its own headers and details of when it takes calls again holds for everybody who calls that account. */

const ORG = 'andes'
const SUBJECTS = { 'google-ads': googleAdsSubject, 'amazon-ads': amazonContractSubject }
type Key = keyof typeof SUBJECTS

let sandbox: SandboxWorld
beforeEach(async () => {
  sandbox = await sandboxWorld()
})
afterEach(() => sandbox.stop())

/** The account's adapter behind the guards; each opening is a function's instance of its own. */
async function account(key: Key) {
  const world = freshWorld()
  world.clock.now = () => sandbox.now()
  await world.openOrganisation(ORG)
  const subject = await SUBJECTS[key](sandbox)
  const ports = { store: world.store, clock: world.clock, killSwitch: world.killSwitch }
  const sources = { audience: async () => [] }
  const open = (): Promise<AdPlatform> =>
    adPlatforms({}, { get: async () => '' }, sources, ports, { [key]: async () => subject.open() }).open(
      ORG,
      subject.connection,
    )
  return { subject, open }
}

/** Calls of the platform itself; a token is fetched elsewhere. */
const calls = async (): Promise<number> =>
  Object.entries((await sandbox.books()).calls).reduce((sum, [name, n]) => (name.endsWith('.token') ? sum : sum + n), 0)

const WAITING = { name: 'PlatformFailure', kind: 'throttled', details: { heldBy: 'rate_limit' } }

describe('an account that is to wait thirty seconds', () => {
  for (const [key, fault, told] of [
    ['google-ads', '429', 'QuotaErrorDetails'],
    ['google-ads', 'front-429', 'RetryInfo'],
    ['amazon-ads', '429', 'Retry-After'],
  ] as const)
    test(`by ${told} of ${key} gets no call before, from nobody, and gets them after`, async () => {
      const { open } = await account(key)
      const [asker, underWay] = [await open(), await open()]
      await underWay.stopped()
      await sandbox.fault({ platform: key, fault, delaySeconds: 30 })
      await expect(asker.stopped()).rejects.toMatchObject({
        kind: 'throttled',
        details: { heldBy: 'rate_limit', retryAfterSeconds: 30 },
      })
      const made = await calls()
      for (const seconds of [0, 15, 14]) {
        sandbox.advance(seconds * 1000)
        for (const platform of [underWay, await open()]) await expect(platform.stopped()).rejects.toMatchObject(WAITING)
      }
      expect(await calls()).toBe(made)
      sandbox.advance(1000)
      for (const platform of [underWay, await open()]) await platform.stopped()
      expect(await calls()).toBeGreaterThan(made)
    })

  for (const fault of ['429', 'front-429'])
    test(`because of a Mutate of Google, which answers over gRPC (${fault}), gets none either`, async () => {
      const { subject, open } = await account('google-ads')
      const platform = await open()
      const [step] = (await platform.plan(briefFor(subject))).steps
      if (!step) throw new Error('no step')
      await sandbox.fault({ platform: 'google-ads', fault, operation: 'mutate', delaySeconds: 30 })
      await expect(platform.create(step, {})).rejects.toMatchObject({
        kind: 'throttled',
        details: { retryAfterSeconds: 30 },
      })
      const made = await calls()
      sandbox.advance(29_000)
      await expect((await open()).stopped()).rejects.toMatchObject(WAITING)
      expect(await calls()).toBe(made)
      sandbox.advance(1000)
      await platform.create(step, {})
    })
})
