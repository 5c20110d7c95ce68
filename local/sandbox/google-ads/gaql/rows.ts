import { microsPerMinor } from '../../data/currencies.ts'
import type { Ledger } from '../../delivery/ledger.ts'
import type { Account, Fields, Json, Kind } from '../../events.ts'
import { reviewAt } from '../../status.ts'
import { current, members, type Thing, text, type World } from '../../world.ts'
import { dateOf } from '../../zone.ts'
import { GEO_TARGETS } from '../geo.ts'

export interface Scene {
  world: World
  ledger: Ledger
  account: Account
  now: number
  /** Ids that lists do not show yet. */
  unlisted(id: string): boolean
}

/** A row with every field that there is, in the protos' names. */
export type Row = { [resource: string]: Json }

/** Every object of a resource, with those above it. */
export function rowsOf(scene: Scene, resource: string): Row[] {
  const make = MAKERS[resource]
  return make ? make(scene) : []
}

const MAKERS: Record<string, (scene: Scene) => Row[]> = {
  customer: (scene) => [{ customer: customerOf(scene) }],
  campaign: (scene) => things(scene, 'campaign').map((thing) => campaignRow(scene, thing)),
  campaign_budget: (scene) =>
    things(scene, 'budget').map((thing) => ({ campaign_budget: budgetOf(scene, thing), customer: customerOf(scene) })),
  ad_group: (scene) => things(scene, 'adset').map((thing) => groupRow(scene, thing)),
  ad_group_ad: (scene) => things(scene, 'ad').map((thing) => adRow(scene, thing)),
  ad_group_criterion: (scene) => criteria(scene, 'adset'),
  campaign_criterion: (scene) => criteria(scene, 'campaign'),
  geo_target_constant: () =>
    [...GEO_TARGETS.values()].map((place) => ({
      geo_target_constant: {
        resource_name: `geoTargetConstants/${place.id}`,
        id: place.id,
        name: place.name,
        country_code: place.countryCode,
        target_type: place.targetType,
        canonical_name: place.canonicalName,
        status: 'ENABLED',
      },
    })),
}

function things({ world, account, unlisted }: Scene, kind: Kind): Thing[] {
  return world.edge(account.id, kind).flatMap((id) => {
    const thing = world.things.get(id)
    return thing && !unlisted(id) ? [thing] : []
  })
}

const nameIn = ({ account }: Scene, collection: string, id: string): string =>
  `customers/${account.id}/${collection}/${id}`
const native = (thing: Thing): Fields => members(current(thing).google)
const statusOf = (thing: Thing): string =>
  current(thing).status === 'DELETED' ? 'REMOVED' : text(native(thing).status) || 'ENABLED'
const above = ({ world }: Scene, thing: Thing, field: string): Thing | undefined =>
  world.things.get(text(current(thing)[field]))

const customerOf = ({ account }: Scene): Json => ({
  resource_name: `customers/${account.id}`,
  id: account.id,
  descriptive_name: account.name,
  currency_code: account.currency,
  time_zone: account.timezone,
  status: 'ENABLED',
})

const budgetOf = (scene: Scene, thing: Thing): Json => ({
  ...native(thing),
  resource_name: nameIn(scene, 'campaignBudgets', thing.id),
  id: thing.id,
  name: text(current(thing).name),
  status: statusOf(thing),
})

function campaignRow(scene: Scene, thing: Thing): Row {
  const budget = scene.world.things.get(text(native(thing).campaign_budget).split('/').at(-1) ?? '')
  return {
    campaign: {
      ...native(thing),
      resource_name: nameIn(scene, 'campaigns', thing.id),
      id: thing.id,
      status: statusOf(thing),
      missing_eu_political_advertising_declaration: false,
    },
    ...(budget && { campaign_budget: budgetOf(scene, budget) }),
    customer: customerOf(scene),
  }
}

function groupRow(scene: Scene, thing: Thing): Row {
  const campaign = above(scene, thing, 'campaign_id')
  return {
    ...(campaign && campaignRow(scene, campaign)),
    ad_group: {
      ...native(thing),
      resource_name: nameIn(scene, 'adGroups', thing.id),
      id: thing.id,
      status: statusOf(thing),
    },
  }
}

function adRow(scene: Scene, thing: Thing): Row {
  const group = above(scene, thing, 'adset_id')
  const own = native(thing)
  return {
    ...(group && groupRow(scene, group)),
    ad_group_ad: {
      ...own,
      resource_name: nameIn(scene, 'adGroupAds', `${group?.id}~${thing.id}`),
      status: statusOf(thing),
      ad: { ...members(own.ad), id: thing.id },
      policy_summary: policyOf(thing, scene.now),
    },
  }
}

/** What the reviewer found: an ad may serve once its review is over. */
function policyOf(ad: Thing, now: number): Json {
  const verdict = reviewAt(ad, now)
  if (verdict === 'PENDING_REVIEW') return { review_status: 'REVIEW_IN_PROGRESS', approval_status: 'UNKNOWN' }
  const review = ad.reviews.at(-1)
  return {
    review_status: 'REVIEWED',
    approval_status: verdict === 'ACTIVE' ? 'APPROVED' : 'DISAPPROVED',
    policy_topic_entries:
      verdict === 'ACTIVE'
        ? []
        : Object.entries(review?.feedback ?? {}).map(([topic, why]) => ({
            topic: topic.toUpperCase().replace(/\W+/g, '_'),
            type: 'PROHIBITED',
            evidences: [{ text_list: { texts: [why] } }],
          })),
  }
}

function criteria(scene: Scene, parentKind: 'adset' | 'campaign'): Row[] {
  const [resource, collection] =
    parentKind === 'adset' ? ['ad_group_criterion', 'adGroupCriteria'] : ['campaign_criterion', 'campaignCriteria']
  return things(scene, 'criterion').flatMap((thing) => {
    const parent = above(scene, thing, 'parent_id')
    if (parent?.kind !== parentKind) return []
    const own = native(thing)
    const type = own.keyword !== undefined ? 'KEYWORD' : own.location !== undefined ? 'LOCATION' : 'LANGUAGE'
    return [
      {
        ...(parentKind === 'adset' ? groupRow(scene, parent) : campaignRow(scene, parent)),
        [String(resource)]: {
          ...own,
          resource_name: nameIn(scene, String(collection), `${parent.id}~${thing.id}`),
          [parentKind === 'adset' ? 'ad_group' : 'campaign']: nameIn(
            scene,
            parentKind === 'adset' ? 'adGroups' : 'campaigns',
            parent.id,
          ),
          criterion_id: thing.id,
          status: statusOf(thing),
          negative: own.negative === true,
          type,
        },
      },
    ]
  })
}

/** A campaign's figures between two days of its account (inclusive): a row a day, or one for all of them. */
export function figuresOf(
  { world, ledger, account, now }: Scene,
  campaign: string,
  range: { since: number; until: number },
  byDay: boolean,
): { date: string | null; metrics: Json }[] {
  const thing = world.things.get(campaign)
  if (!thing) return []
  const found = ledger.campaign(thing, range.since, range.until, now)
  const groups = byDay ? Map.groupBy(found, ({ day }) => day) : new Map([[0, found]])
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([day, figures]) => {
      const sum = (field: 'impressions' | 'linkClicks' | 'spend' | 'applications'): number =>
        figures.reduce((total, figure) => total + figure[field], 0)
      return {
        date: byDay ? dateOf(day) : null,
        metrics: {
          impressions: String(sum('impressions')),
          // The headline of a search ad is its link: every click is one on the link.
          clicks: String(sum('linkClicks')),
          cost_micros: String(sum('spend') * microsPerMinor(account.currency)),
          conversions: sum('applications'),
        },
      }
    })
}
