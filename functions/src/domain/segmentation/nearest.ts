type Row = readonly number[]

export function squaredDistance(a: Row, b: Row): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2
  return sum
}

export interface Nearest {
  cluster: number
  /** Euclidean; 0 = at the centre. */
  distance: number
}

/** The cluster whose centre is nearest; of equally near ones the first. */
export function nearest(centroids: readonly Row[], row: Row): Nearest {
  let cluster = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, centroid] of centroids.entries()) {
    const distance = squaredDistance(row, centroid)
    if (distance < least) {
      least = distance
      cluster = index
    }
  }
  return { cluster, distance: Math.sqrt(least) }
}

/** True where at least `n` rows differ from each other: more clusters than that have nothing to stand on. */
export function hasDistinct(rows: readonly Row[], n: number): boolean {
  const found: Row[] = []
  for (const row of rows) {
    if (found.length >= n) return true
    if (!found.some((other) => squaredDistance(other, row) === 0)) found.push(row)
  }
  return found.length >= n
}
