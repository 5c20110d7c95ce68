import { currencyFacts } from '../data/currencies.ts'
import { INTERESTS } from '../data/interests.ts'
import { plain } from '../data/plain.ts'
import type { Fields } from '../events.ts'
import { hashText, uniform } from '../random.ts'
import { members, text } from '../world.ts'
import type { Audience } from './audience.ts'

/** How one creative does with one audience under one goal. */
export interface Appeal {
  /** People who can be reached. */
  reachable: number
  /** Impressions that could be won in a whole day without a budget. */
  demand: number
  /** Minor units of the account's currency for one impression. */
  costPerImpression: number
  /** Link clicks per impression. */
  ctr: number
  /** Applications per link click; 0 when the ad set promotes no event. */
  cvr: number
  /** Decides how a budget is shared among the ads of one ad set. */
  weight: number
}

const GOALS: Record<string, { cpm: number; ctr: number; cvr: number }> = {
  LINK_CLICKS: { cpm: 1, ctr: 1.25, cvr: 0.7 },
  LANDING_PAGE_VIEWS: { cpm: 1.08, ctr: 1.12, cvr: 0.85 },
  OFFSITE_CONVERSIONS: { cpm: 1.3, ctr: 0.95, cvr: 1.4 },
  // Who searches for it wants it: dear, and clicked often.
  SEARCH_CLICKS: { cpm: 9, ctr: 4.2, cvr: 1.2 },
  REACH: { cpm: 0.6, ctr: 0.45, cvr: 0.5 },
  IMPRESSIONS: { cpm: 0.55, ctr: 0.4, cvr: 0.5 },
}

export function appealOf(
  seed: string,
  currency: string,
  adset: Fields,
  creative: Fields,
  audience: Audience,
  targetingKey: string,
): Appeal {
  const goal = GOALS[text(adset.optimization_goal)] ?? { cpm: 1.15, ctr: 0.9, cvr: 1 }
  const words = copyOf(creative)
  const relevance = relevanceOf(audience, plain(words))
  const quality = qualityOf(creative, words)
  const taste = hashText(`${seed}/taste/${targetingKey}`)
  const facts = currencyFacts(currency) ?? { offset: 100, perUsd: 1 }
  const narrow = audience.custom ? 1.35 : 1 + 0.25 * Math.exp(-audience.size / 150_000)
  const cpmUsd = audience.cpmUsd * goal.cpm * narrow * (0.88 + 0.24 * uniform(taste, 1)) * (1.35 - 0.35 * quality)
  const ctr = 0.0115 * goal.ctr * relevance * quality * (0.85 + 0.3 * uniform(taste, 2))
  const cvr = 0.055 * goal.cvr * relevance ** 0.7 * (0.8 + 0.4 * uniform(taste, 3))
  const promotes = text(members(adset.promoted_object).custom_event_type) !== ''
  return {
    // Whom an auction really brings: a shrinking part of a growing audience.
    reachable: Math.max(1, Math.floor(Math.min(0.55 * audience.size, 3 * audience.size ** 0.72))),
    demand: audience.size * 0.9,
    costPerImpression: (cpmUsd * facts.perUsd * facts.offset) / 1000,
    ctr: clamp(ctr, 0.001, 0.08),
    cvr: promotes ? clamp(cvr, 0.004, 0.4) : 0,
    weight: quality * relevance,
  }
}

/** The text that a person sees. */
export function copyOf(creative: Fields): string {
  const link = members(members(creative.object_story_spec).link_data)
  return [link.message, link.name, link.description].map(text).join('\n')
}

/** An ad that speaks of what its audience cares about, or of where it lives, does better. */
function relevanceOf(audience: Audience, words: string): number {
  let relevance = audience.custom ? 1.6 : 1
  if (audience.interests.length > 0) {
    const fits = audience.interests.filter((id) => {
      const interest = INTERESTS.get(id)
      return interest !== undefined && stems(interest.name, interest.es).some((stem) => words.includes(stem))
    })
    relevance *= 0.85 + 0.7 * (fits.length / audience.interests.length)
  }
  if (audience.keywords.length > 0) {
    const fits = audience.keywords.filter((keyword) => stems(keyword).some((stem) => words.includes(stem)))
    relevance *= 0.85 + 0.7 * (fits.length / audience.keywords.length)
  }
  if (audience.places.some((name) => words.includes(plain(name)))) relevance *= 1.12
  return relevance
}

/** The first letters of each longer word: "Enfermería" and "enfermeras" share "enferm". */
const stems = (...names: string[]): string[] =>
  names.flatMap((name) =>
    plain(name)
      .split(/[^a-z+#.]+/)
      .filter((word) => word.length >= 4)
      .map((word) => word.slice(0, 6)),
  )

function qualityOf(creative: Fields, words: string): number {
  const link = members(members(creative.object_story_spec).link_data)
  const message = text(link.message).length
  const headline = text(link.name).length
  let quality = 0.8
  if (message >= 60 && message <= 400) quality += 0.1
  if (headline >= 10 && headline <= 40) quality += 0.08
  if (text(link.description)) quality += 0.04
  if (text(link.image_hash)) quality += 0.14
  if (text(members(link.call_to_action).type) === 'APPLY_NOW') quality += 0.04
  return quality + 0.16 * (uniform(hashText(`${words}/${text(link.image_hash)}`), 7) - 0.5)
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
