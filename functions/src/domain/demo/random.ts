import { textHash } from '../shard.ts'

/** Numbers that depend on their key alone, and so are the same on every machine and in every order. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** Both ends included. */
  int(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** `n` different items, in the order drawn. */
  some<T>(items: readonly T[], n: number): T[]
  chance(part: number): boolean
  /** Around `middle`, hardly ever further than `spread` from it: the sum of three draws. */
  around(middle: number, spread: number): number
  /** By the weight of each. */
  weighted<T extends { weight: number }>(items: readonly T[]): T
}

/** mulberry32: 32 bits of state, integer arithmetic alone. */
export function randomOf(key: string): Random {
  let state = textHash(key)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const at = <T>(items: readonly T[], index: number): T => {
    const item = items[index]
    if (item === undefined) throw new RangeError('There is nothing to draw from')
    return item
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    pick: (items) => at(items, int(0, items.length - 1)),
    some(items, n) {
      const left = [...items]
      return Array.from({ length: Math.min(n, left.length) }, () => at(left.splice(int(0, left.length - 1), 1), 0))
    },
    chance: (part) => next() < part,
    around: (middle, spread) => middle + spread * ((next() + next() + next()) * (2 / 3) - 1),
    weighted(items) {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0)
      for (const item of items) {
        left -= item.weight
        if (left < 0) return item
      }
      return at(items, items.length - 1)
    },
  }
}
