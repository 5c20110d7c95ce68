/** One spelling for what people write in several: case, accents and spaces do not tell two values apart. */
export const normal = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** How many times each value occurs. */
export function countValues<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Most common first; equal counts in the order of their names, so that the same input always ranks the same. */
export const ranked = (counts: ReadonlyMap<string, number>): [value: string, count: number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
