import { DomainError } from '#domain/errors.ts'
import { hasDistinct } from '#domain/segmentation/nearest.ts'
import type { Clusterer, Clusters } from '#functions/ports/index.ts'

export const MOST_CLUSTERS = 50

/** Throws where `k` is no number of clusters, or more than the rows that differ. */
export function demandClusters(rows: readonly (readonly number[])[], k: number): void {
  if (!Number.isInteger(k) || k < 2 || k > MOST_CLUSTERS)
    throw new DomainError('invalid', `${k} is not a number of clusters`, {
      remedy: `Ask for 2 to ${MOST_CLUSTERS}.`,
      problems: [{ at: '/clusters', message: `a whole number from 2 to ${MOST_CLUSTERS}` }],
    })
  if (hasDistinct(rows, k)) return
  throw new DomainError(
    'unprocessable',
    `${rows.length} candidates cannot make ${k} clusters: too few of them differ`,
    {
      remedy: 'Ask for fewer clusters, or import more candidates.',
      problems: [{ at: '/clusters', message: 'more than there are different profiles' }],
    },
  )
}

/** Starts of two neighbouring seeds stay apart. */
const SEED_STEP = 1_000_003

/** The tightest of several starts; one start at a time, so that an instance answers its other requests in between. */
export async function clusterRows(
  clusterer: Clusterer,
  rows: readonly (readonly number[])[],
  k: number,
  seed: number,
): Promise<Clusters> {
  const starts = rows.length <= 2000 ? 10 : rows.length <= 5000 ? 5 : 3
  let best = clusterer.cluster({ rows, k, seed, starts: 1 })
  for (let start = 1; start < starts; start++) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    const next = clusterer.cluster({ rows, k, seed: seed + start * SEED_STEP, starts: 1 })
    if (next.inertia < best.inertia) best = next
  }
  return best
}
