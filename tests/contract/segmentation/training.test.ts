import { beforeEach, describe, expect, test } from 'vitest'
import { analyze } from '#functions/capabilities/segmentation/analyze.ts'
import { assignCandidates } from '#functions/capabilities/segmentation/assign-candidates.ts'
import { predictAll, predictOne } from '#functions/capabilities/segmentation/predict.ts'
import { train } from '#functions/capabilities/segmentation/train.ts'
import { CAUSE } from '#tests/support/world.ts'
import { people } from './people.ts'
import { ORG, type SegmentationWorld, segmentationWorld } from './world.ts'

let world: SegmentationWorld
beforeEach(async () => {
  world = await segmentationWorld()
})

const teach = (input: Parameters<typeof train>[3] = {}) => train(world, ORG, CAUSE, input)
const threeFields = () => world.bring(people('backend', 12), people('sales', 10), people('nursing', 8))

describe('a training', () => {
  test('asked for three clusters really gives three, and puts every candidate into one', async () => {
    await threeFields()
    const trained = await teach({ clusters: 3 })
    expect(trained).toMatchObject({ version: 'v1', k: 3, n: 30, engine: 'ml-kmeans', changed: 30 })
    expect(trained.segments.map(({ size }) => size).sort()).toEqual([10, 12, 8].sort())
    const all = await world.candidates()
    for (const field of ['backend', 'sales', 'nursing']) {
      const own = all.filter(({ externalId }) => externalId?.startsWith(field))
      expect(new Set(own.map(({ segment }) => segment)).size).toBe(1)
      expect(own[0]?.membership).toMatchObject({ segment: own[0]?.segment, model: 'v1' })
    }
    expect(world.published.filter(({ type }) => type === 'model.trained')).toMatchObject([{ subjects: ['v1'] }])
  })

  test('without a number of clusters makes five, with another number as many', async () => {
    await threeFields()
    expect((await teach()).segments).toHaveLength(5)
    expect((await teach({ clusters: 4 })).segments).toHaveLength(4)
  })

  test('names its segments in both languages', async () => {
    await threeFields()
    const { segments } = await teach({ clusters: 3 })
    expect(segments.map(({ name }) => name.es).sort()).toEqual([
      expect.stringMatching(/^Desarrollo backend · Bogotá/),
      expect.stringMatching(/^Salud y enfermería · Cali/),
      expect.stringMatching(/^Ventas · Medellín/),
    ])
    expect(segments.map(({ name }) => name.en)).toContainEqual(expect.stringMatching(/^Backend developers · Bogotá/))
  })

  test('of the same candidates with the same seed moves nobody and keeps every segment', async () => {
    await threeFields()
    const first = await teach({ clusters: 4, seed: 7 })
    const before = await world.segments()
    const second = await teach({ clusters: 4, seed: 7 })
    expect(second).toMatchObject({ version: 'v2', inertia: first.inertia, changed: 0 })
    expect(second.segments).toEqual(first.segments)
    expect(await world.segments()).toEqual(before)
  })

  test('keeps the identity of segments while candidates come, with another seed as well', async () => {
    await threeFields()
    await teach({ clusters: 3, seed: 1 })
    const before = await world.segments()
    await world.bring(people('sales', 6, 100), people('nursing', 3, 100))
    const again = await teach({ clusters: 3, seed: 99 })
    expect(await world.segments()).toMatchObject(before)
    expect(again.segments.map(({ size }) => size).sort()).toEqual([11, 12, 16].sort())
    expect(again.changed).toBe(9)
  })

  test('with fewer clusters ends segments; they stay known and inactive', async () => {
    await threeFields()
    await teach({ clusters: 3 })
    const two = await teach({ clusters: 2 })
    const { items } = await world.store.list(ORG, 'segments', { limit: 10 })
    expect(items).toHaveLength(3)
    expect(
      items
        .filter(({ active }) => active)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(two.segments.map(({ id }) => id).sort())
    const sizes = Object.values(await world.segments()).filter((segment) =>
      two.segments.some(({ id }) => id === segment),
    )
    expect(sizes).toHaveLength(30)
  })

  test('leaves an audit entry on each segment and none on candidates', async () => {
    await world.bring(people('backend', 5), people('sales', 5))
    await teach({ clusters: 2 })
    await teach({ clusters: 2 })
    for (const segment of (await world.store.list(ORG, 'segments', { limit: 10 })).items) {
      const audit = await world.db.collection(`orgs/${ORG}/segments/${segment.id}/audit`).get()
      expect(audit.docs.map((doc) => doc.get('action'))).toEqual(['segment.created', 'segment.retrained'])
    }
    const [someone] = await world.candidates()
    expect((await world.db.collection(`orgs/${ORG}/candidates/${someone?.id}/audit`).get()).size).toBe(1)
  })

  test('of more clusters than candidates who differ is refused, and says so', async () => {
    await world.bring(people('backend', 5))
    await expect(teach({ clusters: 6 })).rejects.toMatchObject({
      code: 'unprocessable',
      message: '5 candidates cannot make 6 clusters: too few of them differ',
    })
    await expect(teach({ clusters: 1 })).rejects.toMatchObject({ code: 'invalid' })
    expect(await world.state()).toBeUndefined()
  })

  test('that another one overtook changes nothing', async () => {
    await threeFields()
    await teach({ clusters: 3 })
    const [one, other] = await Promise.allSettled([teach({ clusters: 2 }), teach({ clusters: 4 })])
    const won = [one, other].filter((each) => each?.status === 'fulfilled')
    const lost = [one, other].find((each) => each?.status === 'rejected')
    if (lost) expect(lost).toMatchObject({ reason: { code: 'conflict' } })
    const active = (await world.store.list(ORG, 'segments', { where: { active: true }, limit: 10 })).items
    expect([2, 4]).toContain(active.length)
    expect(won.length).toBeGreaterThanOrEqual(1)
  })
})

describe('labels', () => {
  test('a new candidate is assigned without a training, as the whole batch would assign it', async () => {
    await threeFields()
    await teach({ clusters: 3 })
    await world.bring(people('sales', 1, 500))
    const arrived = (await world.candidates()).find(({ externalId }) => externalId === 'sales-500')
    expect(arrived?.segment).toBeNull()
    const one = await predictOne(world, ORG, arrived ?? never())
    expect(await assignCandidates(world, ORG, [arrived?.id ?? '', 'cand_absent'])).toEqual({ assigned: 1, changed: 1 })
    expect((await world.segments())[arrived?.id ?? '']).toBe(one.segment)
    expect(await predictAll(world, ORG, CAUSE)).toMatchObject({ assigned: 31, changed: 0 })
    expect(await assignCandidates(world, ORG, [arrived?.id ?? ''])).toEqual({ assigned: 1, changed: 0 })
  })

  test('an earlier version gives the labels that it gave then, and writes nothing', async () => {
    await threeFields()
    const first = await teach({ clusters: 3 })
    const then = await world.segments()
    await teach({ clusters: 5 })
    const now = await world.segments()
    expect(now).not.toEqual(then)
    const old = await predictAll(world, ORG, CAUSE, 'v1')
    expect(old).toMatchObject({ model: 'v1', assigned: 30, changed: 0, labels: then })
    expect(old.segments.map(({ size }) => size)).toEqual(first.segments.map(({ size }) => size))
    expect(await world.segments()).toEqual(now)
  })

  test('an unknown version is not found, and before a training there is nothing to label with', async () => {
    await expect(predictAll(world, ORG, CAUSE)).rejects.toMatchObject({ code: 'illegal_state' })
    expect(await assignCandidates(world, ORG, ['cand_x'])).toEqual({ assigned: 0, changed: 0 })
    await threeFields()
    await teach({ clusters: 3 })
    await expect(predictAll(world, ORG, CAUSE, 'v9')).rejects.toMatchObject({ code: 'not_found' })
    await expect(predictAll(world, ORG, CAUSE, '../v1')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('labelling everybody brings the evidence of segments up to date', async () => {
    await threeFields()
    await teach({ clusters: 3 })
    await world.bring(people('sales', 5, 200))
    expect(await predictAll(world, ORG, CAUSE)).toMatchObject({ assigned: 35, changed: 5 })
    const sizes = (await world.store.list(ORG, 'segments', { limit: 10 })).items.map(({ evidence }) => evidence.size)
    expect(sizes.sort((a, b) => a - b)).toEqual([8, 12, 15])
  })
})

describe('the analysis', () => {
  test('counts who is in each segment now: size, share, experience, skills, places', async () => {
    await world.bring(people('backend', 10), people('sales', 5))
    await teach({ clusters: 2 })
    await world.bring(people('sales', 5, 50))
    const found = await analyze(world, ORG)
    expect(found).toMatchObject({ model: 'v1', candidates: 20, unassigned: 5 })
    const [largest, other] = found.segments
    expect(largest?.evidence).toMatchObject({
      size: 10,
      share: 0.5,
      yearsExperience: 3,
      desiredSalaryMinor: 900_000_000,
    })
    expect(largest?.evidence.places).toEqual([
      { value: 'Bogotá', share: 1, overall: 0.5, lift: 2, city: 'Bogotá', country: 'CO' },
    ])
    expect(largest?.evidence.skills.map(({ value }) => value).sort()).toEqual(['Java', 'SQL', 'Spring Boot'])
    expect(other?.evidence).toMatchObject({ size: 5, share: 0.25, currency: 'COP', salaryPeriod: 'MONTH' })
  })
})

const never = (): never => {
  throw new Error('the candidate did not arrive')
}
