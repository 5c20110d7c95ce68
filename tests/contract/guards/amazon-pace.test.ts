import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { amazonPlatform } from '#functions/adapters/amazon-ads/platform.ts'
import { adPlatforms } from '#functions/adapters/platforms/platforms.ts'
import { ANDES_PROFILE } from '#local/sandbox/amazon-ads/accounts.ts'
import { type AmazonAdsSubject, amazonAdsSubject, secretOf } from '#tests/support/subjects/amazon-ads.ts'
import { freshWorld } from '#tests/support/world.ts'

/** Amazon says in x-amzn-RateLimit-Limit how many calls a second it takes, and refuses those beyond. */

const ORG = 'andes'
const PER_SECOND = 2
const Calls = z.object({ calls: z.array(z.object({ status: z.int(), operation: z.string() })) })

let subject: AmazonAdsSubject
beforeEach(async () => {
  subject = await amazonAdsSubject({ amazonPerSecond: PER_SECOND })
})
afterEach(() => subject.stop())

/** Asks as often as it is let for two minutes; answers what the platform said to each call. */
async function askAndAsk(perTick: number): Promise<number[]> {
  const world = freshWorld()
  world.clock.now = subject.clock.now
  await world.openOrganisation(ORG)
  const { store, clock, killSwitch } = world
  const secrets = { get: async () => secretOf(ANDES_PROFILE) }
  const sources = { audience: async () => [] }
  const platforms = adPlatforms(
    {},
    secrets,
    sources,
    { store, clock, killSwitch },
    {
      'amazon-ads': async (connection, secret, _sources, report) => amazonPlatform(connection, secret, clock, report),
    },
  )
  for (let second = 0; second < 120; second += 5) {
    const platform = await platforms.open(ORG, subject.connection)
    for (let n = 0; n < perTick; n++) await platform.state({ campaign: '1' }).catch(() => undefined)
    subject.clock.advance(5000)
  }
  const { calls } = Calls.parse(await subject.control('GET', 'calls?limit=1000'))
  return calls.filter(({ operation }) => operation === 'list').map(({ status }) => status)
}

test('we keep to the pace that it tells, and lose no call by it', async () => {
  const statuses = await askAndAsk(30)
  expect(statuses).not.toContain(429)
  expect(statuses.length).toBeGreaterThan(PER_SECOND * 100)
})
