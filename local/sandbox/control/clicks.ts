import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Fields } from '../events.ts'
import { creativeIdOf } from '../meta/ad-rules.ts'
import type { Parts } from '../parts.ts'
import { effectiveStatus } from '../status.ts'
import { current, members, type Thing, text, type World } from '../world.ts'
import { ControlProblem, readInput } from './problem.ts'

const Clicks = z
  .strictObject({
    ad: z.string().optional(),
    campaign: z.string().optional(),
    count: z.int().positive().max(10_000).default(1),
  })
  .refine((clicks) => (clicks.ad === undefined) !== (clicks.campaign === undefined), {
    message: 'needs either ad or campaign',
  })

export interface Click {
  ad: string
  url: string
  /** The click id, under the name that the platform gives it. */
  fbclid?: string
  gclid?: string
}

/** POST /_sandbox/clicks: the addresses that so many people who click would open, each with a click id of its own. */
export function clickUrls({ world }: Parts, body: Buffer): { clicks: Click[] } {
  const { ad, campaign, count } = readInput(Clicks, body)
  const ads = adsFor(world, ad, campaign)
  const clicks: Click[] = []
  for (let i = 0; i < count; i++) {
    const thing = ads[i % ads.length]
    if (!thing) break
    world.record({ type: 'clicked', id: thing.id, count: 1 })
    const mark = createHash('sha256').update(`${world.seed}/${thing.key}/${thing.clicked}`).digest('base64url')
    const ofGoogle = world.accounts.get(thing.account)?.platform === 'google-ads'
    const clickId = ofGoogle ? { gclid: `Cj0KCQ${mark}` } : { fbclid: `IwZXh0bg${mark}` }
    clicks.push({ ad: thing.id, ...clickId, url: destination(world, thing, clickId) })
  }
  return { clicks }
}

function adsFor(world: World, ad: string | undefined, campaign: string | undefined): Thing[] {
  const ids = ad === undefined ? world.children(campaign ?? '').flatMap((adset) => world.children(adset)) : [ad]
  const things = ids.flatMap((id) => world.things.get(id) ?? []).filter((thing) => thing.kind === 'ad')
  if (things.length === 0)
    throw new ControlProblem(404, `There is no ${ad === undefined ? 'campaign with ads' : 'ad'} ${ad ?? campaign}`)
  const running = things.filter((thing) => effectiveStatus(world, thing, world.now()) === 'ACTIVE')
  const first = things[0]
  if (running.length === 0 && first)
    throw new ControlProblem(
      409,
      `Nobody can click: the ad is ${effectiveStatus(world, first, world.now())}`,
      'Activate the campaign and let its review pass.',
    )
  return running
}

/** The link, its tags with the platform's placeholders filled, and the click id. */
function destination(world: World, ad: Thing, clickId: Record<string, string>): string {
  const creative = world.things.get(creativeIdOf(current(ad)))
  const fields = creative ? current(creative) : {}
  const data = members(members(fields.object_story_spec).link_data)
  const own = text(members(members(data.call_to_action).value).link)
  // Sponsored Display keeps the address on the ad, and adds no click id of its own to it.
  const landing = text(members(current(ad).amazon).landingPageURL)
  if (landing !== '') return landing
  const url = new URL(own || text(data.link))
  for (const [name, value] of new URLSearchParams(fill(world, ad, text(fields.url_tags))))
    url.searchParams.set(name, value)
  for (const [name, value] of Object.entries(clickId)) url.searchParams.set(name, value)
  return url.href
}

function fill(world: World, ad: Thing, tags: string): string {
  const fields = current(ad)
  const values: Fields = {
    'ad.id': ad.id,
    'ad.name': text(fields.name),
    'adset.id': text(fields.adset_id),
    'adset.name': nameOf(world, text(fields.adset_id)),
    'campaign.id': text(fields.campaign_id),
    'campaign.name': nameOf(world, text(fields.campaign_id)),
    site_source_name: 'fb',
    placement: 'Facebook_Mobile_Feed',
  }
  return tags.replace(/\{\{([\w.]+)\}\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : encodeURIComponent(text(value))
  })
}

const nameOf = (world: World, id: string): string => {
  const thing = world.things.get(id)
  return thing ? text(current(thing).name) : ''
}
