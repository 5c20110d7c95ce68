/**
 * People reached by so many impressions out of so many reachable. Saturating, so never additive: two days' reach is less
 * than the sum of the days. At most one per impression, at least one when anything was shown.
 */
export function reachOf(impressions: number, reachable: number): number {
  if (impressions <= 0) return 0
  const people = Math.floor(reachable * (1 - Math.exp(-impressions / (1.12 * reachable))))
  return Math.min(impressions, Math.max(1, people))
}

/** People reached by several ad sets together: they overlap, so more than the biggest and fewer than the sum. */
export function joinReach(parts: readonly number[]): number {
  const most = Math.max(0, ...parts)
  const sum = parts.reduce((total, part) => total + part, 0)
  return most + Math.floor((sum - most) * 0.85)
}
