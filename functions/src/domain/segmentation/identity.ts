import { assign } from './hungarian.ts'

/** Two clusters that share less than this part of their members are strangers. */
const LEAST_OVERLAP = 0.2

/**
 * Which of the earlier segments each new cluster continues, from how both models label the same candidates. The whole matching shares
 * the most members (Hungarian method on Jaccard overlaps); null = a new segment.
 */
export function continuedSegments(
  labels: readonly number[],
  clusters: number,
  earlier: readonly string[],
): (string | null)[] {
  const known = [...new Set(earlier)].sort()
  const overlaps = overlapTable(labels, clusters, earlier, known)
  const partners = assign(overlaps.map((row) => row.map((overlap) => -overlap)))
  return partners.map((column, row) =>
    column >= 0 && (overlaps[row]?.[column] ?? 0) >= LEAST_OVERLAP ? (known[column] ?? null) : null,
  )
}

/** Jaccard: members in both over members in either. */
function overlapTable(
  labels: readonly number[],
  clusters: number,
  earlier: readonly string[],
  known: readonly string[],
): number[][] {
  const column = new Map(known.map((segment, index) => [segment, index]))
  const shared = Array.from({ length: clusters }, () => new Array<number>(known.length).fill(0))
  const before = new Array<number>(known.length).fill(0)
  const after = new Array<number>(clusters).fill(0)
  for (const [i, label] of labels.entries()) {
    const old = column.get(earlier[i] ?? '') ?? -1
    const row = shared[label]
    if (!row || old < 0) continue
    row[old] = (row[old] ?? 0) + 1
    before[old] = (before[old] ?? 0) + 1
    after[label] = (after[label] ?? 0) + 1
  }
  return shared.map((row, label) =>
    row.map((both, old) => both / ((before[old] ?? 0) + (after[label] ?? 0) - both || 1)),
  )
}
