import type { Firestore } from '@google-cloud/firestore'
import type { Elsewhere, Loaders } from './adapters/platforms/platforms.ts'
import type { FoundKey } from './lib/api-key.ts'
import { context } from './lib/context.ts'
import { env } from './lib/env.ts'
import { callersOf } from './lib/manifest.ts'
import type { Ports } from './ports/index.ts'

/** What entries get beside the ports of the domain. */
export interface Wired extends Ports {
  findKey: (keyId: string) => Promise<FoundKey | undefined>
  health: () => Promise<Record<string, string>>
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

const database = once<Firestore>(async () => (await import('./adapters/firestore/database.ts')).openDatabase(env()))

/** The only place where ports meet adapters; each is loaded when first asked for, so that a function loads what it uses. */
const MAKERS: { [N in keyof Wired]: () => Promise<Wired[N]> } = {
  clock: once(async () => {
    const { sharedClock, systemClock } = await import('./adapters/clock/clock.ts')
    const file = env().local?.clockFile
    return file ? sharedClock(file) : systemClock
  }),
  events: once(async () => (await import('./adapters/pubsub/events.ts')).pubsubEvents(env())),
  store: once(async () => {
    const { firestoreStore } = await import('./adapters/firestore/store.ts')
    return firestoreStore(await database(), await MAKERS.clock(), await lazyEvents())
  }),
  census: once(async () => (await import('./adapters/firestore/census.ts')).firestoreCensus(await database())),
  killSwitch: once(async () =>
    (await import('./adapters/firestore/kill-switch.ts')).firestoreKillSwitch(await database()),
  ),
  tasks: once(async () => (await import('./adapters/tasks/tasks.ts')).cloudTasks(env())),
  schedules: once(async () => (await import('./adapters/scheduler/schedules.ts')).cloudSchedules(env())),
  secrets: once(async () => (await import('./adapters/secrets/secrets.ts')).secretManager(env())),
  identity: once(async () => (await import('./adapters/identity/identity.ts')).firebaseIdentity(env())),
  platforms: once(async () => {
    const { adPlatforms } = await import('./adapters/platforms/platforms.ts')
    const sources = {
      audience: async (org: string, segmentId: string) => {
        const { audienceHashes } = await import('./capabilities/segmentation/audience-hashes.ts')
        return audienceHashes(await ports('store'), org, segmentId)
      },
    }
    const guards = { store: await MAKERS.store(), killSwitch: await MAKERS.killSwitch(), clock: await MAKERS.clock() }
    const loaders: Loaders = {
      meta: async (...args) => (await import('./adapters/meta/platform.ts')).metaPlatform(...args),
      'google-ads': async (connection, secret, _sources, _report, beforeChange) =>
        (await import('./adapters/google-ads/platform.ts')).googleAdsPlatform(connection, secret, beforeChange),
      'amazon-ads': async (connection, secret, _sources, report, beforeChange) => {
        const { amazonPlatform } = await import('./adapters/amazon-ads/platform.ts')
        return amazonPlatform(connection, secret, await MAKERS.clock(), report, beforeChange)
      },
    }
    const elsewhere: Elsewhere = async (platform) => (callsForUs(`ask-${platform}`) ? askGoogleAds() : undefined)
    return adPlatforms(env(), await MAKERS.secrets(), sources, guards, loaders, elsewhere)
  }),
  images: once(async () => (await import('./adapters/images/images.ts')).sharpImages),
  links: once(async () => (await import('./adapters/links/links.ts')).signedLinks(env(), await MAKERS.secrets())),
  clusterer: once(async () => (await import('./adapters/ml-kmeans/clusterer.ts')).mlKmeans()),
  copywriter: once(async () => (await import('./adapters/gemini/copywriter.ts')).geminiCopywriter(env())),
  fetcher: once(async () => (await import('./adapters/fetch/fetcher.ts')).publicFetcher(env())),
  findKey: once(async () => (await import('./adapters/firestore/api-keys.ts')).apiKeyFinder(await database())),
  health: once(async () => (await import('./adapters/health/health.ts')).healthChecks(env(), await database())),
}

const askGoogleAds = once(async () => (await import('./adapters/ask-google-ads/platform.ts')).googleAdsAsker(env()))

/** Whether the running function leaves a platform's calls to that one. Locally all functions share a process, hence the context. */
const callsForUs = (name: string): boolean =>
  callersOf(name).includes(context().functionName ?? env().functionName ?? '')

/** Pub/Sub costs 100 ms to load: a function that only reads never pays it. */
const lazyEvents = async (): Promise<Ports['events']> => ({
  publish: async (events) => (await MAKERS.events()).publish(events),
})

export async function ports<N extends keyof Wired>(...names: N[]): Promise<Pick<Wired, N>> {
  const made = await Promise.all(names.map(async (name) => [name, await MAKERS[name]()] as const))
  return Object.fromEntries(made) as Pick<Wired, N>
}
