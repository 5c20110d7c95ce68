import { createHash } from 'node:crypto'
import type { Fields } from '../events.ts'
import { hashText } from '../random.ts'
import { effectiveStatus } from '../status.ts'
import { fieldsAt, members, type Thing, text, type World } from '../world.ts'
import { type Appeal, appealOf } from './appeal.ts'
import { audienceOf } from './audience.ts'

/** One ad while it runs. */
export interface Runner {
  ad: string
  adset: string
  /** What its draws are seeded by: world seed and names. */
  seed: number
  appeal: Appeal
}

/** A stretch of time in which nothing changes: same budget, same ads running, same targeting and creative. */
export interface Span {
  /** Virtual epoch ms; `to` may be Infinity. */
  from: number
  to: number
  /** Minor units a day, or for the whole life. */
  daily: number | undefined
  lifetime: number | undefined
  /** When the schedule ends, for spreading a lifetime budget. */
  ends: number
  /** What the pace of its spending is seeded by. */
  seed: number
  runners: Runner[]
}

/** What owns one budget: an ad set, or a campaign with a budget of its own. */
export interface BudgetOwner {
  owner: Thing
  campaign: Thing
  adsets: Thing[]
}

export function budgetOwners(world: World, campaign: Thing): BudgetOwner[] {
  const adsets = world.children(campaign.id).flatMap((id) => world.things.get(id) ?? [])
  if (hasBudget(campaign.versions[0]?.fields ?? {})) return [{ owner: campaign, campaign, adsets }]
  return adsets.map((adset) => ({ owner: adset, campaign, adsets: [adset] }))
}

export const hasBudget = (fields: Fields): boolean =>
  fields.daily_budget !== undefined || fields.lifetime_budget !== undefined

/** The stretches in which a budget owner's ads run, in order of time. */
export function spansOf(world: World, { owner, campaign, adsets }: BudgetOwner): Span[] {
  const ads = adsets.flatMap((adset) => world.children(adset.id).flatMap((id) => world.things.get(id) ?? []))
  const points = new Set<number>()
  for (const thing of [campaign, ...adsets, ...ads]) {
    for (const version of thing.versions) points.add(version.at)
    for (const review of thing.reviews) points.add(review.endsAt)
  }
  for (const audience of audiencesOf(world, adsets)) for (const version of audience.versions) points.add(version.at)
  for (const adset of adsets)
    for (const { fields } of adset.versions)
      for (const edge of ['start_time', 'end_time']) if (fields[edge] !== undefined) points.add(Number(fields[edge]))

  const times = [...points].sort((a, b) => a - b)
  const spans: Span[] = []
  times.forEach((from, index) => {
    const to = times[index + 1] ?? Number.POSITIVE_INFINITY
    const runners = ads.flatMap((ad) => runnerAt(world, ad, from) ?? [])
    const budget = fieldsAt(owner, from)
    if (runners.length === 0 || !budget) return
    spans.push({ from, to, runners, ...budgetOf(budget), ends: endOf(adsets, from), seed: seedOf(world, owner) })
  })
  return spans
}

function budgetOf(fields: Fields): { daily: number | undefined; lifetime: number | undefined } {
  const amount = (field: string): number | undefined =>
    fields[field] === undefined ? undefined : Number(text(fields[field]))
  return { daily: amount('daily_budget'), lifetime: amount('lifetime_budget') }
}

function endOf(adsets: Thing[], at: number): number {
  const ends = adsets.map((adset) => Number(fieldsAt(adset, at)?.end_time ?? Number.POSITIVE_INFINITY))
  return Math.max(...ends)
}

function audiencesOf(world: World, adsets: Thing[]): Thing[] {
  const ids = adsets.flatMap((adset) =>
    adset.versions.flatMap(({ fields }) => {
      const used = members(fields.targeting).custom_audiences
      return Array.isArray(used) ? used.map((item) => text(members(item).id)) : []
    }),
  )
  return [...new Set(ids)].flatMap((id) => world.things.get(id) ?? [])
}

function runnerAt(world: World, ad: Thing, at: number): Runner | undefined {
  if (effectiveStatus(world, ad, at) !== 'ACTIVE') return undefined
  const fields = fieldsAt(ad, at)
  const adset = world.things.get(text(fields?.adset_id))
  const setting = adset && fieldsAt(adset, at)
  const creative = world.things.get(text(members(fields?.creative).creative_id))
  const account = world.accounts.get(ad.account)
  if (!adset || !setting || !creative || !account || account.status !== 1) return undefined
  if (at < Number(setting.start_time ?? 0)) return undefined
  if (at >= Number(setting.end_time ?? Number.POSITIVE_INFINITY)) return undefined
  const targeting = members(setting.targeting)
  const audience = audienceOf(targeting, world.things, at)
  if (audience.custom && audience.size < world.settings.minimumAudience) return undefined
  const words = fieldsAt(creative, at) ?? {}
  const appeal = appealOf(world.seed, account.currency, setting, words, audience, targetingKey(world, targeting))
  return { ad: ad.id, adset: adset.id, seed: seedOf(world, ad), appeal }
}

const seedOf = (world: World, thing: Thing): number => hashText(`${world.seed}/${thing.key}`)

/** The same targeting has the same key whatever the ids of its audiences, which depend on the order of creation. */
function targetingKey(world: World, targeting: Fields): string {
  const named = JSON.stringify(targeting, (key, value: unknown) => {
    if (key !== 'custom_audiences' || !Array.isArray(value)) return value
    return value.map((item: Fields) => world.things.get(text(item.id))?.key ?? '')
  })
  return createHash('sha1').update(named).digest('base64')
}
