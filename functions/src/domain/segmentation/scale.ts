import { z } from 'zod'

/** How one number becomes a feature: the median stands in for an unknown value, then mean 0 and deviation 1. */
export const Scale = z.object({ median: z.number(), mean: z.number(), deviation: z.number() })
export type Scale = z.infer<typeof Scale>

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

export const mean = (values: readonly number[]): number =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0

/** Population deviation; 1 where all values are equal, so that nothing is divided by zero. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2))) || 1
}

export function fitScale(values: readonly (number | null)[]): Scale {
  const middle = median(values.filter((value) => value !== null))
  const filled = values.map((value) => value ?? middle)
  return { median: middle, mean: mean(filled), deviation: deviation(filled) }
}

export const scaled = (scale: Scale, value: number | null): number =>
  ((value ?? scale.median) - scale.mean) / scale.deviation
