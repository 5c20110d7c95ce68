import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '#tests/contract/ingest/world.ts'
import { countDocuments } from './count-documents.ts'

const N = 10_000
const jobs = Array.from({ length: N }, (_, i) => ({
  externalId: `perf-${i}`,
  title: `Opening ${i}`,
  company: 'Acme',
  location: 'Bogotá, Colombia',
  description: '<p>Words that do not matter.</p>',
}))

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

async function counted(list: unknown[]) {
  const counting = countDocuments()
  const result = await w.push(list)
  counting.stop()
  console.log(JSON.stringify({ ...counting.seen, created: result.created, unchanged: result.unchanged }))
  return { result, ...counting.seen }
}

test('10,000 new jobs cost a job and an audit entry each, and a few documents per batch', {
  timeout: 600_000,
}, async () => {
  const { result, writes, reads, into } = await counted(jobs)
  expect(result).toMatchObject({ received: N, created: N })
  expect(into).toMatchObject({ jobs: N, audit: N })
  // Five windows of sixteen shards: a batch each, with two events into the outbox and out of it; refs in one block a window.
  expect(into).toMatchObject({ manifests: 80, outbox: 320, counters: 5 })
  expect(writes).toBe(2 * N + 80 + 320 + 5)
  expect(reads).toBe(16 + 80 + 5)
})

test('the same 10,000 again cost the manifest’s sixteen shards and no write', { timeout: 120_000 }, async () => {
  const { result, writes, reads } = await counted(jobs)
  expect(result).toMatchObject({ received: N, unchanged: N })
  expect(reads).toBeLessThanOrEqual(16)
  expect(writes).toBe(0)
})

test('one changed among 10,000 costs that one', { timeout: 120_000 }, async () => {
  const changed = jobs.map((job, i) => (i === 5000 ? { ...job, title: 'Another' } : job))
  const { result, writes, reads, into } = await counted(changed)
  expect(result).toMatchObject({ updated: 1, unchanged: N - 1 })
  expect(into).toMatchObject({ jobs: 1, audit: 1, manifests: 1 })
  // The event goes into the outbox and, once published, out of it.
  expect(writes).toBe(5)
  expect(reads).toBeLessThanOrEqual(18)
})

test('one job pushed by itself costs one shard, not sixteen', { timeout: 60_000 }, async () => {
  const { reads, writes } = await counted([{ externalId: 'alone', title: 'Alone' }])
  // Shard, again in the transaction, and the counter of refs.
  expect(reads).toBeLessThanOrEqual(3)
  // Job, audit, manifest, counter, two events into the outbox and out of it.
  expect(writes).toBeLessThanOrEqual(8)
})
