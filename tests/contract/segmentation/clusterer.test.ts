import { describe, expect, test } from 'vitest'
import { squaredDistance } from '#domain/segmentation/nearest.ts'
import { mlKmeans } from '#functions/adapters/ml-kmeans/clusterer.ts'

/** Numbers that only look random: the same in every run. */
function* numbers(seed: number): Generator<number> {
  let state = seed
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state / 2_147_483_648
  }
}

/** `each` points around every centre, none further than 1 from it in any direction. */
function blobs(centres: number[][], each: number): { rows: number[][]; truth: number[] } {
  const random = numbers(7)
  const next = (): number => random.next().value * 2 - 1
  const truth = centres.flatMap((_, i) => new Array<number>(each).fill(i))
  return { rows: truth.map((i) => (centres[i] ?? []).map((value) => value + next())), truth }
}

const CENTRES = [
  [0, 0, 0],
  [10, 0, 0],
  [0, 10, 5],
]

/** True where both give the same groups, whatever they call them. */
const sameGroups = (a: number[], b: number[]): boolean =>
  new Set(a.map((label, i) => `${label}/${b[i]}`)).size === new Set(a).size && new Set(a).size === new Set(b).size

describe.each([['ml-kmeans', mlKmeans()] as const])('the clusterer %s', (engine, clusterer) => {
  const { rows, truth } = blobs(CENTRES, 40)

  test('finds the blobs that were planted, and their centres', () => {
    const found = clusterer.cluster({ rows, k: 3, seed: 1, starts: 5 })
    expect(found.engine).toBe(engine)
    expect(sameGroups(found.labels, truth)).toBe(true)
    for (const centre of CENTRES)
      expect(Math.min(...found.centroids.map((each) => squaredDistance(each, centre)))).toBeLessThan(0.2)
  })

  test.each([2, 3, 4, 7, 20])('makes as many clusters as are asked for: %i, none of them empty', (k) => {
    const { labels, centroids } = clusterer.cluster({ rows, k, seed: 42, starts: 3 })
    expect(centroids).toHaveLength(k)
    expect(new Set(labels).size).toBe(k)
  })

  test('the same request gives the same clusters, to the last digit', () => {
    const request = { rows, k: 5, seed: 9, starts: 4 }
    expect(clusterer.cluster(request)).toEqual(clusterer.cluster(request))
  })

  test('inertia is the sum of squared distances to the own centre, which is the nearest one', () => {
    const { labels, centroids, inertia } = clusterer.cluster({ rows, k: 4, seed: 3, starts: 2 })
    const own = rows.map((row, i) => squaredDistance(row, centroids[labels[i] ?? 0] ?? []))
    expect(inertia).toBeCloseTo(
      own.reduce((sum, distance) => sum + distance, 0),
      8,
    )
    for (const [i, row] of rows.entries())
      expect(own[i]).toBe(Math.min(...centroids.map((centroid) => squaredDistance(row, centroid))))
  })

  test('more starts never give looser clusters', () => {
    const one = clusterer.cluster({ rows, k: 6, seed: 5, starts: 1 })
    const many = clusterer.cluster({ rows, k: 6, seed: 5, starts: 12 })
    expect(many.inertia).toBeLessThanOrEqual(one.inertia)
  })

  test('as many clusters as different rows put each of them by itself, although rows repeat', () => {
    const few = [[0], [0], [0], [0], [1], [5], [5], [5]]
    const { labels, inertia } = clusterer.cluster({ rows: few, k: 3, seed: 11, starts: 1 })
    expect(sameGroups(labels, [0, 0, 0, 0, 1, 2, 2, 2])).toBe(true)
    expect(inertia).toBe(0)
  })

  test('more clusters than different rows are refused', () => {
    expect(() => clusterer.cluster({ rows: [[1], [1], [2]], k: 3, seed: 1, starts: 1 })).toThrow(
      '3 rows cannot make 3 clusters',
    )
  })
})
