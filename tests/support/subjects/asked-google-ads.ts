import { afterAll } from 'vitest'
import { googleAdsAsker } from '#functions/adapters/ask-google-ads/platform.ts'
import { asking } from '#tests/support/asking.ts'
import type { SandboxWorld } from '#tests/support/sandbox-world.ts'
import { googleAdsSubject } from './google-ads.ts'
import type { Subject } from './subject.ts'

const ORG = 'andes'

let started: ReturnType<typeof asking> | undefined
afterAll(async () => (await started)?.stop())

/** Google Ads as `api` and `sweep` have it: over HTTP to the function that carries the SDK, and from there to the sandbox. */
export async function askedGoogleAdsSubject(world: SandboxWorld): Promise<Subject> {
  started ??= asking()
  const { env, secrets, switchOn } = await started
  const subject = await googleAdsSubject(world)
  await switchOn(ORG)
  await secrets.set(subject.connection.secret, subject.secret)
  return { ...subject, open: () => googleAdsAsker(env)(ORG, subject.connection) }
}
