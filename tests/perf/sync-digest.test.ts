import { expect, test } from 'vitest'
import { openDigest } from '#functions/capabilities/metrics/kept-digest.ts'
import { counted } from '#tests/support/counted.ts'
import { CAUSE, freshWorld } from '#tests/support/world.ts'

const ORG = 'andes'
const ACCOUNT = 'meta_1'
const CAMPAIGNS = 12_000
const HOLD = { org: ORG, syncId: ACCOUNT, epoch: 1, step: 0, fence: 1, cause: CAUSE }
const SHARDS = 8
const campaignOf = (n: number) => `cmp_${n.toString(16).padStart(20, '0')}`
const externalOf = (n: number) => String(120_230_000_000_000_000n + BigInt(n) * 10_007n)

test('the digest of an account with 12,000 campaigns fits into its eight documents, and only a changed one is written', async () => {
  const { db, store } = freshWorld()
  await db.doc(`orgs/${ORG}/syncs/${ACCOUNT}`).set({
    ...{ id: ACCOUNT, platform: 'meta', accountId: '1', state: 'running', epoch: 1, fence: 1, schemaVersion: 1 },
    ...{ startedAt: null, finishedAt: null, lastError: null, failures: 0, wakeAt: null },
  })
  const counts = counted(db)
  const first = await openDigest({ store }, HOLD)
  for (let n = 0; n < CAMPAIGNS; n++) {
    const id = campaignOf(n)
    first.digest.campaigns[externalOf(n)] = id
    for (const month of ['202610', '202611']) first.digest.months[`${id}_${month}`] = `${n}`.padStart(16, 'd')
    first.digest.reach[id] = `2026-10-01 2026-11-20 ${n}`
  }
  first.digest.stopped = Array.from({ length: CAMPAIGNS }, (_, n) => externalOf(n))
  counts.take()
  await first.save()
  expect(counts.take().writes).toBe(SHARDS)
  const sizes = (await db.collection(`orgs/${ORG}/syncDigests`).get()).docs.map((doc) => String(doc.get('text')).length)
  console.log(`digest of ${CAMPAIGNS} campaigns: ${sizes.join(', ')} bytes`)
  expect(Math.max(...sizes)).toBeLessThan(1_048_576 / 2)
  counts.take()

  const again = await openDigest({ store }, HOLD)
  expect(counts.take()).toEqual({ reads: SHARDS, writes: 0 })
  expect({ ...again.digest, stopped: new Set(again.digest.stopped) }).toEqual({
    ...first.digest,
    stopped: new Set(first.digest.stopped),
  })
  await again.save()
  expect(counts.take().writes).toBe(0)
  again.digest.reach[campaignOf(7)] = '2026-10-01 2026-11-21 8'
  await again.save()
  expect(counts.take().writes).toBe(1)
})
