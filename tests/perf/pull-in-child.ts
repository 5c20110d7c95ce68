import { Firestore } from '@google-cloud/firestore'
import type { Feed } from '#domain/feed.ts'
import { publicFetcher } from '#functions/adapters/fetch/fetcher.ts'
import { firestoreStore } from '#functions/adapters/firestore/store.ts'
import type { Intake } from '#functions/capabilities/feeds/intake.ts'
import { pullFeed } from '#functions/capabilities/feeds/pull-feed.ts'
import { intakeInto } from '#functions/entry/routes/feed-needs.ts'

/** Pulls one feed in a process of its own and prints what it took and the most memory it held (bytes). */
const [project = '', org = '', feedId = ''] = process.argv.slice(2)
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 20)

const db = new Firestore({ projectId: project, ignoreUndefinedProperties: true })
const clock = { now: () => new Date() }
const store = firestoreStore(db, clock, { publish: async () => undefined })
const local = { clockFile: '', jwksUrl: '', tasksHost: '', schedulerHost: '', secretsHost: '', metadataHost: '' }
const needs = { store, clock, fetcher: publicFetcher({ local }), intake: intakeInto(store, clock) as Intake }
const feed = (await store.get(org, 'feeds', feedId)) as Feed
const cause = { actor: { kind: 'system' as const, id: 'pull-feeds' }, correlationId: 'memory-test' }

const baseline = process.memoryUsage.rss()
const { problems: _problems, jobs: _jobs, ...counts } = await pullFeed(needs, org, cause, feed)
clearInterval(watch)
console.log(JSON.stringify({ ...counts, peak, baseline }))
await db.terminate()
process.exit(0)
