import { mix, normal, uniform } from '../random.ts'
import { dayStart, weekdayOf } from '../zone.ts'
import { dayPoint, dayShare } from './daypart.ts'
import type { Runner, Span } from './spans.ts'

/** One ad on one day of its account's zone. All integers; spend in minor units of the account's currency. */
export interface AdDay {
  ad: string
  adset: string
  /** People whom the ad set could reach. */
  reachable: number
  impressions: number
  /** All clicks, and those on the link. */
  clicks: number
  linkClicks: number
  landingViews: number
  spend: number
  /** Virtual epoch ms at which each application of the day's clicks was reported, ascending. */
  conversions: number[]
}

/** What a budget owner carries from one day into the next. */
export interface Carry {
  /** What this calendar week's days left unspent of their budgets, minor units. */
  bank: number
  spent: number
  /** Impressions so far by ad set: people tire of an ad. */
  shown: Readonly<Record<string, number>>
}

export const NO_CARRY: Carry = { bank: 0, spent: 0, shown: {} }

/** A day may cost at most 75 % more than its budget, a calendar week at most seven budgets. */
const MOST_OF_A_DAY = 1.75
const WEEKDAY = [0.9, 1.06, 1.09, 1.05, 1.0, 0.97, 0.87]
const LAG_MOST_MS = 72 * 3_600_000
/** All clicks for one on the link. */
const CLICKS_PER_LINK_CLICK = 1.18

/** A stretch's link clicks, laid over the share of the day from `from` on. */
interface Piece {
  clicks: number
  from: number
  share: number
  cvr: number
}

interface Sum {
  runner: Runner
  impressions: number
  clicks: number
  landing: number
  spend: number
  pieces: Piece[]
}

/** A day of a zone: its number and its two ends, epoch ms. */
interface Day {
  number: number
  start: number
  end: number
  weekday: number
}

/**
 * A day of one budget owner, up to `until`. Figures grow with `until` and never shrink; what a later `until` adds never
 * changes what was there, so a day can be read while it runs.
 */
export function ownerDay(
  zone: string,
  number: number,
  until: number,
  spans: readonly Span[],
  before: Carry,
): { ads: AdDay[]; after: Carry } {
  const day: Day = {
    number,
    start: dayStart(number, zone),
    end: dayStart(number + 1, zone),
    weekday: WEEKDAY[weekdayOf(number)] ?? 1,
  }
  const bank = weekdayOf(number) === 0 ? 0 : before.bank
  const today = spans.filter((span) => span.to > day.start && span.from < Math.min(day.end, until))
  const opens = Math.max(day.start, today[0]?.from ?? day.start)
  const sums = new Map<string, Sum>()
  let allowance = 0
  for (const span of today) {
    const begins = shareAt(day, Math.max(span.from, day.start))
    const share = shareAt(day, Math.min(span.to, day.end, until)) - begins
    const { rate, budget } = spendRate(span, day, opens, bank, before.spent)
    allowance += budget * share
    const weights = span.runners.reduce((sum, runner) => sum + runner.appeal.weight, 0)
    for (const runner of span.runners) {
      const part = (rate * runner.appeal.weight) / weights
      serve(sums, runner, day, { begins, share, rate: part }, before.shown[runner.adset] ?? 0)
    }
  }
  const ads = [...sums.values()].map((sum) => settle(sum, day))
  const spent = ads.reduce((total, ad) => total + ad.spend, 0)
  const after = {
    bank: Math.max(0, bank + allowance - spent),
    spent: before.spent + spent,
    shown: ads.length === 0 ? before.shown : addShown(before.shown, ads),
  }
  return { ads, after }
}

function addShown(before: Carry['shown'], ads: readonly AdDay[]): Carry['shown'] {
  const shown: Record<string, number> = { ...before }
  for (const ad of ads) shown[ad.adset] = (shown[ad.adset] ?? 0) + ad.impressions
  return shown
}

/** The share of the day's delivery that lies before an instant. */
const shareAt = (day: Day, at: number): number => dayShare((at - day.start) / (day.end - day.start))

/** Minor units that a whole day of this span would cost, and what its budget allows for a day. */
function spendRate(span: Span, day: Day, opens: number, bank: number, spent: number): { rate: number; budget: number } {
  if (span.lifetime !== undefined) {
    const rate = Math.max(0, span.lifetime - spent) / Math.max(0.02, daysAhead(day, opens, span.ends))
    return { rate, budget: rate }
  }
  const budget = span.daily ?? 0
  if (budget <= 0) return { rate: 0, budget: 0 }
  const wish = (0.86 + 0.42 * uniform(span.seed, day.number, 9)) * day.weekday
  return { rate: budget * Math.min(wish, MOST_OF_A_DAY, 1 + bank / budget), budget }
}

/** Days of delivery left from `opens` on, weighed as delivery is within a day. */
function daysAhead(day: Day, opens: number, ends: number): number {
  const today = shareAt(day, Math.min(ends, day.end)) - shareAt(day, opens)
  return ends <= day.end ? today : today + (ends - day.end) / 86_400_000
}

function serve(
  sums: Map<string, Sum>,
  runner: Runner,
  day: Day,
  slice: { begins: number; share: number; rate: number },
  shown: number,
): void {
  const { appeal, seed } = runner
  const price = appeal.costPerImpression * Math.exp(0.1 * normal(seed, day.number, 1)) * (2 - day.weekday)
  const demand = appeal.demand * Math.exp(0.12 * normal(seed, day.number, 2)) * day.weekday
  const impressions = Math.min(demand, slice.rate / price) * slice.share
  const tired = 1 + 0.05 * (shown / appeal.reachable) ** 1.2
  const clicks = impressions * Math.min(0.5, (appeal.ctr / tired) * Math.exp(0.16 * normal(seed, day.number, 3)))
  const sum = sums.get(runner.ad) ?? { runner, impressions: 0, clicks: 0, landing: 0, spend: 0, pieces: [] }
  sums.set(runner.ad, sum)
  sum.runner = runner
  sum.impressions += impressions
  sum.clicks += clicks
  sum.landing += clicks * (0.74 + 0.14 * uniform(seed, day.number, 4))
  sum.spend += impressions * price
  sum.pieces.push({ clicks, from: slice.begins, share: slice.share, cvr: appeal.cvr })
}

/** Rounds down once a day, so that no figure of a day ever shrinks and no cent is spent that the budget does not hold. */
function settle(sum: Sum, day: Day): AdDay {
  const linkClicks = Math.floor(sum.clicks)
  return {
    ad: sum.runner.ad,
    adset: sum.runner.adset,
    reachable: sum.runner.appeal.reachable,
    impressions: Math.floor(sum.impressions),
    clicks: Math.floor(sum.clicks * CLICKS_PER_LINK_CLICK),
    linkClicks,
    landingViews: Math.min(linkClicks, Math.floor(sum.landing)),
    spend: Math.floor(sum.spend + 1e-9),
    conversions: applications(sum, day),
  }
}

/** Each link click leads to an application or not, by its own draw; the platform hears of it up to three days later. */
function applications(sum: Sum, day: Day): number[] {
  const seed = mix(sum.runner.seed, day.number)
  const found: number[] = []
  let passed = 0
  let n = 1
  for (const piece of sum.pieces) {
    for (; n <= passed + piece.clicks; n++) {
      if (uniform(seed, n, 1) >= piece.cvr) continue
      const share = piece.from + (piece.share * (n - passed)) / piece.clicks
      const clickedAt = day.start + dayPoint(share) * (day.end - day.start)
      // Most apply within hours; the slowest take the whole three days.
      const lag = Math.min(1, -Math.log(1 - uniform(seed, n, 2)) / 6) * LAG_MOST_MS
      found.push(Math.ceil(clickedAt + lag))
    }
    passed += piece.clicks
  }
  return found.sort((a, b) => a - b)
}
