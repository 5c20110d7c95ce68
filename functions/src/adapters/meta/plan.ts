import type { Campaign } from '#domain/campaign.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Connection } from '#domain/connection.ts'
import { fitText } from '#domain/copy.ts'
import type { ChannelPlan, PlannedStep } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { addDays, daysBetween, startOfDay } from '#domain/time.ts'
import { token } from '#functions/lib/hash.ts'
import { plannedStep } from '#functions/lib/planned-step.ts'
import type { Brief } from '#functions/ports/index.ts'
import { budgetText, mostOnOneDay, mostOver } from './amounts.ts'
import type { GraphApi } from './graph-api.ts'
import type { Sources } from './sources.ts'
import { type AdSetTargeting, audienceTargeting, broadTargeting, segmentTargeting } from './targeting.ts'

const NAME_LENGTH = 120
/** Meta delivers to no smaller custom audience. */
const MIN_AUDIENCE = 100

/** Where the EU's Digital Services Act asks who benefits and who pays. */
const DSA_COUNTRIES = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' '),
)

/** Readable, and unique by the token of organisation, campaign and step at its end: the key of every look-up. */
const nameOf = (org: string, campaign: Campaign, key: string, label: string): string =>
  `${fitText(label, NAME_LENGTH)} ~${token(`${org}/meta/${campaign.id}/${key}`, 12)}`

const required = (connection: Connection, setting: string): string => {
  const value = connection.settings[setting]
  if (value) return value
  throw new PlatformFailure('refusal', `The Meta connection has no ${setting}`, {
    userMessage: `Give ${setting} in Settings, Connections.`,
  })
}

/** Objective, event and budget level are fixed in docs/decisions/005. */
export async function planMeta(
  api: GraphApi,
  connection: Connection,
  sources: Sources,
  brief: Brief,
): Promise<ChannelPlan> {
  const { campaign, org } = brief
  const adSets: { key: string; targeted: AdSetTargeting; people: number }[] =
    brief.segments.length === 0
      ? [{ key: 'all', targeted: broadTargeting(campaign.countries), people: 0 }]
      : await Promise.all(
          brief.segments.map(async (segment) => {
            const people = connection.settings.audiences === 'on' ? (await sources.audience(segment.id)).length : 0
            return people >= MIN_AUDIENCE
              ? { key: segment.id, targeted: audienceTargeting(segment, campaign.countries, people), people }
              : { key: segment.id, targeted: await segmentTargeting(api, segment, campaign.countries), people: 0 }
          }),
        )
  const title = `${campaign.ref} ${campaign.name}`
  const creative = creativeStep(brief, connection, (key) => nameOf(org, campaign, key, title))
  const steps: PlannedStep[] = [
    campaignStep(brief, nameOf(org, campaign, 'campaign', title)),
    ...adSets
      .filter(({ people }) => people > 0)
      .flatMap(({ key, people }) =>
        audienceSteps(key, people, nameOf(org, campaign, `audience:${key}`, `${title} audience`)),
      ),
    ...adSets.map(({ key, targeted: { targeting, explained } }) => {
      const label = `${campaign.ref} ${explained.name?.en ?? 'Everybody'}`
      return adSetStep(brief, connection, `ad-set:${key}`, nameOf(org, campaign, `ad-set:${key}`, label), targeting)
    }),
    creative,
    ...adSets.map(({ key }) => adStep(key, nameOf(org, campaign, `ad:${key}`, title), creative.key)),
  ]
  const days = daysBetween(campaign.startsOn, campaign.endsOn).length
  return {
    steps,
    targeting: adSets.map(({ targeted }) => targeted.explained),
    mostItCanCost: mostOver(days, brief.dailyBudget),
    mostOnOneDay: mostOnOneDay(brief.dailyBudget),
  }
}

const campaignStep = ({ campaign, dailyBudget }: Brief, name: string): PlannedStep =>
  plannedStep({
    key: 'campaign',
    level: 'campaign',
    name,
    payload: {
      name,
      objective: 'OUTCOME_LEADS',
      status: 'PAUSED',
      buying_type: 'AUCTION',
      special_ad_categories: ['EMPLOYMENT'],
      special_ad_category_country: campaign.countries,
      daily_budget: budgetText(dailyBudget),
      bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
    },
  })

function adSetStep(
  { campaign, timeZone }: Brief,
  connection: Connection,
  key: string,
  name: string,
  targeting: Record<string, unknown>,
): PlannedStep {
  const dsa = campaign.countries.some((country) => DSA_COUNTRIES.has(country))
  return plannedStep({
    key,
    level: 'ad-set',
    name,
    payload: {
      name,
      campaign_id: '{campaign}',
      status: 'PAUSED',
      billing_event: 'IMPRESSIONS',
      optimization_goal: 'OFFSITE_CONVERSIONS',
      destination_type: 'WEBSITE',
      promoted_object: { pixel_id: required(connection, 'pixelId'), custom_event_type: 'SUBMIT_APPLICATION' },
      targeting,
      start_time: startOfDay(campaign.startsOn, timeZone).toISOString(),
      end_time: startOfDay(addDays(campaign.endsOn, 1), timeZone).toISOString(),
      ...(dsa && { dsa_beneficiary: required(connection, 'beneficiary'), dsa_payor: required(connection, 'payor') }),
    },
  })
}

/** The audience first, then its members: hashes are fetched when they are sent, and no document of ours holds them. */
const audienceSteps = (segment: string, people: number, name: string): PlannedStep[] => [
  plannedStep({
    key: `audience:${segment}`,
    level: 'audience',
    name,
    payload: { name, subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' },
  }),
  plannedStep({
    key: `members:${segment}`,
    level: 'members',
    name: null,
    payload: { audience: `{audience:${segment}}`, segment, people },
  }),
]

/** A creative cannot be changed there, so its content is part of its key: other words make another creative. */
function creativeStep(
  { campaign, clickUrl, image }: Brief,
  connection: Connection,
  nameFor: (key: string) => string,
): PlannedStep {
  const { primaryText, headline, description } = campaign.creative
  const content = {
    object_story_spec: {
      page_id: required(connection, 'pageId'),
      link_data: {
        link: clickUrl,
        message: primaryText,
        name: headline,
        ...(description && { description }),
        ...(image && { image_hash: image }),
        call_to_action: { type: 'APPLY_NOW', value: { link: clickUrl } },
      },
    },
    url_tags: `utm_source=meta&utm_medium=paid_social&utm_campaign=${campaign.ref}`,
  }
  const key = `creative:${token(canonicalJson(content), 8)}`
  return plannedStep({ key, level: 'creative', name: nameFor(key), payload: { name: nameFor(key), ...content } })
}

const adStep = (key: string, name: string, creative: string): PlannedStep =>
  plannedStep({
    key: `ad:${key}`,
    level: 'ad',
    name,
    payload: { name, adset_id: `{ad-set:${key}}`, creative: { creative_id: `{${creative}}` }, status: 'PAUSED' },
  })
