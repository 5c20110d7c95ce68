import type { Campaign } from '#domain/campaign.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import { type Split, sharesOf } from '#domain/split.ts'

/** Weights as typed, by platform. */
export type Weights = Partial<Record<PlatformKey, string>>

const MOST = 1000

export const weightOf = (weights: Weights, platform: PlatformKey): string => weights[platform] ?? '1'

export const isWeight = (text: string): boolean =>
  /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MOST

/** As the API takes it: of one platform alone there is nothing to split. */
export const splitOf = (weights: Weights, platforms: readonly PlatformKey[]): Split =>
  platforms.length < 2
    ? {}
    : Object.fromEntries(platforms.map((platform) => [platform, Number(weightOf(weights, platform))]))

export const weightsOf = ({ platforms, split }: Pick<Campaign, 'platforms' | 'split'>): Weights =>
  Object.fromEntries(platforms.map((platform) => [platform, String(split[platform] ?? 1)]))

/** What each platform gets of a daily budget; null = it is too small to be split, or a weight is none. */
export function sharesFor(
  budget: Money,
  platforms: readonly PlatformKey[],
  weights: Weights,
): Map<PlatformKey, Money> | null {
  if (!platforms.every((platform) => isWeight(weightOf(weights, platform)))) return null
  return shares(budget, platforms, splitOf(weights, platforms))
}

/** One platform's share of a campaign's daily budget. */
export function shareOf(
  { dailyBudget, platforms, split }: Pick<Campaign, 'dailyBudget' | 'platforms' | 'split'>,
  platform: string,
): Money | null {
  const key = platforms.find((one) => one === platform)
  return (key && shares(dailyBudget, platforms, split)?.get(key)) ?? null
}

function shares(budget: Money, platforms: readonly PlatformKey[], split: Split): Map<PlatformKey, Money> | null {
  try {
    return sharesOf(budget, platforms, split)
  } catch {
    return null
  }
}
