import { kmeans } from 'ml-kmeans'
import { DomainError } from '#domain/errors.ts'
import { hasDistinct, nearest, squaredDistance } from '#domain/segmentation/nearest.ts'
import type { Clusterer, ClusterRequest, Clusters } from '#functions/ports/clusterer.ts'

/** Most runs need 10 to 50; one that needs more goes on improving by less than anybody sees. */
const MAX_ITERATIONS = 300
/** Apart by more than any number of starts, so that two seeds share no start. */
const SEED_STRIDE = 1000

type Rows = ClusterRequest['rows']

/** The library's k-means on dense rows: k-means++, several starts of which the tightest wins, no cluster left empty. */
export function mlKmeans(): Clusterer {
  return {
    cluster({ rows, k, seed, starts }) {
      if (!Number.isInteger(k) || k < 1 || !hasDistinct(rows, k))
        throw new DomainError('unprocessable', `${rows.length} rows cannot make ${k} clusters: too few differ`, {
          remedy: 'Ask for fewer clusters, or bring more candidates who differ.',
        })
      let best = oneStart(rows, k, seed * SEED_STRIDE)
      for (let start = 1; start < starts; start++) {
        const next = oneStart(rows, k, seed * SEED_STRIDE + start)
        if (next.inertia < best.inertia) best = next
      }
      return best
    },
  }
}

function oneStart(rows: Rows, k: number, seed: number): Clusters {
  let run = once(rows, k, { seed, initialization: 'kmeans++' })
  // The library leaves an empty cluster where it is; the row that fits worst makes a better centre. Each round fills one at least.
  for (let round = 0; round < k && run.empty.length > 0; round++) {
    const centroids = relocate(rows, run, run.empty)
    const next = once(rows, k, { initialization: centroids })
    run = { ...next, iterations: run.iterations + next.iterations }
  }
  const { empty: _, ...clusters } = run
  return clusters
}

function once(
  rows: Rows,
  k: number,
  options: { seed?: number; initialization: 'kmeans++' | number[][] },
): Clusters & { empty: number[] } {
  // The library reads its input alone; its types do not say so.
  const result = kmeans(rows as number[][], k, { ...options, maxIterations: MAX_ITERATIONS, tolerance: 0 })
  // Its labels are those before the last move of the centres.
  const found = rows.map((row) => nearest(result.centroids, row))
  const labels = found.map(({ cluster }) => cluster)
  const taken = new Set(labels)
  return {
    engine: 'ml-kmeans',
    centroids: result.centroids,
    labels,
    inertia: found.reduce((sum, { distance }) => sum + distance * distance, 0),
    iterations: result.iterations,
    empty: result.centroids.flatMap((_, cluster) => (taken.has(cluster) ? [] : [cluster])),
  }
}

/** Centres of empty clusters go to the rows that lie farthest from their own. */
function relocate(rows: Rows, { centroids, labels }: Clusters, empty: readonly number[]): number[][] {
  const far = rows
    .map((row, i) => ({ row, i, away: squaredDistance(row, centroids[labels[i] ?? 0] ?? []) }))
    .sort((a, b) => b.away - a.away || a.i - b.i)
  const moved = centroids.map((centroid) => [...centroid])
  const chosen: (readonly number[])[] = []
  for (const { row } of far) {
    if (chosen.length === empty.length) break
    if (chosen.every((other) => squaredDistance(other, row) > 0)) chosen.push(row)
  }
  for (const [n, cluster] of empty.entries()) moved[cluster] = [...(chosen[n] ?? centroids[cluster] ?? [])]
  return moved
}
