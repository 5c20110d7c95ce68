import { z } from 'zod'
import { DomainError } from './errors.ts'
import { PLATFORMS, type PlatformKey } from './ids.ts'
import type { Money } from './money.ts'

/** Weights by platform: 3 and 1 give one of them three quarters of the budget. */
export const Split = z.partialRecord(z.enum(PLATFORMS), z.int().min(1).max(1000)).meta({ id: 'BudgetSplit' })
export type Split = z.infer<typeof Split>

/** A budget in integer parts by weight that add up to it exactly: the largest remainders get the last minor units. Without weights all get the same. */
export function sharesOf(budget: Money, platforms: readonly PlatformKey[], split: Split): Map<PlatformKey, Money> {
  const weights = platforms.map((platform) => split[platform] ?? 1)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const exact = weights.map((weight) => (budget.minor * weight) / sum)
  const parts = exact.map(Math.floor)
  const left = budget.minor - parts.reduce((total, part) => total + part, 0)
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest)
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1
  if (parts.some((part) => part <= 0))
    throw new DomainError('invalid', 'The budget is too small to be split over that many platforms', {
      remedy: 'Raise it, or advertise on fewer platforms.',
    })
  return new Map(platforms.map((platform, i) => [platform, { minor: parts[i] ?? 0, currency: budget.currency }]))
}
