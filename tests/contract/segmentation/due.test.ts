import { beforeEach, expect, test } from 'vitest'
import { trainAllWhenDue } from '#functions/capabilities/segmentation/train-all-when-due.ts'
import { trainWhenDue } from '#functions/capabilities/segmentation/train-when-due.ts'
import { CAUSE } from '#tests/support/world.ts'
import { people } from './people.ts'
import { ORG, type SegmentationWorld, segmentationWorld } from './world.ts'

let world: SegmentationWorld
beforeEach(async () => {
  world = await segmentationWorld()
})
const tick = () => {
  world.clock.advance(86_400_000)
  return trainWhenDue(world, ORG, CAUSE)
}
const later = () => world.clock.advance(60_000)

test('below twenty candidates nothing is trained, and the state says why', async () => {
  await world.bring(people('backend', 12), people('sales', 7))
  expect(await tick()).toEqual({ trained: false, reason: '19 candidates: a training needs at least 20' })
  expect((await world.state())?.lastDecision).toMatchObject({
    trained: false,
    reason: '19 candidates: a training needs at least 20',
    at: world.clock.now().toISOString(),
  })
})

test('the twentieth candidate brings the first training; then a tenth new ones bring the next', async () => {
  await world.bring(people('backend', 12), people('sales', 10), people('nursing', 8))
  expect(await tick()).toMatchObject({ trained: true, reason: expect.stringContaining('first training') })
  expect(await world.state()).toMatchObject({ current: 'v1', assignedModel: 'v1', candidatesAtTraining: 30 })

  later()
  await world.bring(people('sales', 2, 100))
  expect(await tick()).toEqual({
    trained: false,
    reason: '2 candidates are new since v1: 3 make it worth a training',
  })
  expect((await world.state())?.current).toBe('v1')
  const evidence = (await world.store.list(ORG, 'segments', { limit: 10 })).items.map(
    (segment) => segment.evidence.size,
  )
  expect(evidence.reduce((sum, size) => sum + size)).toBe(32)

  later()
  await world.bring(people('sales', 1, 200))
  expect(await tick()).toMatchObject({ trained: true, reason: 'at least 3 candidates are new since v1: v2' })
  expect(await tick()).toMatchObject({ trained: false })
})

test('candidates who do not differ enough are a reason, not a fault', async () => {
  const same = people('backend', 1)[0]
  await world.bring(Array.from({ length: 25 }, (_, i) => ({ ...same, externalId: `same-${i}` })))
  expect(await tick()).toEqual({
    trained: false,
    reason: '25 candidates cannot make 5 clusters: too few of them differ',
  })
})

test('memberships that a dead training left unwritten are written by the next tick', async () => {
  await world.bring(people('backend', 15), people('sales', 15))
  await tick()
  await world.store.transact(ORG, CAUSE, async (tx) => {
    const state = await tx.get('training', 'state')
    if (state) tx.put('training', { ...state, assignedModel: null })
    for (const id of Object.keys(await world.segments()))
      tx.measure('candidates', id, { segment: null, membership: null })
  })
  expect(await tick()).toMatchObject({ trained: false })
  expect(Object.values(await world.segments())).not.toContain(null)
  expect((await world.state())?.assignedModel).toBe('v1')
})

test('a tick serves every organisation', async () => {
  await world.bring(people('backend', 15), people('sales', 15))
  await trainAllWhenDue(world, 'test-correlation')
  expect((await world.state())?.current).toBe('v1')
})
