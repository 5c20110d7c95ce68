import type { Connection } from '#domain/connection.ts'
import { fitText } from '#domain/copy.ts'
import { parseMoney } from '#domain/money.ts'
import type { ChannelPlan, PlannedStep } from '#domain/plan.ts'
import { daysBetween } from '#domain/time.ts'
import { token } from '#functions/lib/hash.ts'
import { plannedStep } from '#functions/lib/planned-step.ts'
import type { Brief } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'
import { majorNumber, mostOnOneDay, mostOver, usualBid } from './amounts.ts'
import { readProfile } from './profile.ts'
import { broadTargeting, type GroupTargeting, segmentTargeting } from './targeting.ts'

const NAME_LENGTH = 100
const HEADLINE_LENGTH = 50

/** Readable, and unique by the token of organisation, campaign and step at its end: the key of every look-up. */
const nameOf = ({ org, campaign }: Brief, key: string, label: string): string =>
  `${fitText(label, NAME_LENGTH)} ~${token(`${org}/amazon-ads/${campaign.id}/${key}`, 12)}`

const compact = (day: string): string => day.replaceAll('-', '')

/** Sponsored Display to a page outside of Amazon: products and brands cannot honestly stand for a job (PLATFORMS.md 4). */
export async function planAmazon(api: AdsApi, connection: Connection, brief: Brief): Promise<ChannelPlan> {
  const { campaign } = brief
  const market = (await readProfile(api)).countryCode
  const groups: { key: string; targeted: GroupTargeting }[] =
    brief.segments.length === 0
      ? [{ key: 'all', targeted: broadTargeting(market, campaign.countries) }]
      : await Promise.all(
          brief.segments.map(async (segment) => ({
            key: segment.id,
            targeted: await segmentTargeting(api, segment, market, campaign.countries),
          })),
        )
  const days = daysBetween(campaign.startsOn, campaign.endsOn).length
  return {
    steps: [
      campaignStep(brief),
      ...groups.flatMap(({ key, targeted }) => [
        adGroupStep(brief, connection, key, targeted.explained.name?.en ?? 'Everybody'),
        ...targeted.audiences.map((audience) => targetStep(brief, key, audience)),
        creativeStep(brief, connection, key),
        adStep(brief, key),
      ]),
    ],
    targeting: groups.map(({ targeted }) => targeted.explained),
    mostItCanCost: mostOver(days, brief.dailyBudget),
    mostOnOneDay: mostOnOneDay(brief.dailyBudget),
  }
}

function campaignStep(brief: Brief): PlannedStep {
  const { campaign, dailyBudget } = brief
  const name = nameOf(brief, 'campaign', `${campaign.ref} ${campaign.name}`)
  return plannedStep({
    key: 'campaign',
    level: 'campaign',
    name,
    payload: {
      name,
      tactic: 'T00030',
      costType: 'cpc',
      budgetType: 'daily',
      budget: majorNumber(dailyBudget),
      startDate: compact(campaign.startsOn),
      endDate: compact(campaign.endsOn),
      state: 'paused',
    },
  })
}

function adGroupStep(brief: Brief, { settings }: Connection, group: string, label: string): PlannedStep {
  const { dailyBudget, campaign } = brief
  const key = `ad-group:${group}`
  const name = nameOf(brief, key, `${campaign.ref} ${label}`)
  const bid = settings.bid ? parseMoney(settings.bid, dailyBudget.currency) : usualBid(dailyBudget)
  return plannedStep({
    key,
    level: 'ad-group',
    name,
    payload: {
      name,
      campaignId: '{campaign}',
      defaultBid: majorNumber(bid),
      bidOptimization: 'clicks',
      tactic: 'T00030',
      creativeType: 'IMAGE',
      state: 'paused',
    },
  })
}

/** Targets, creatives and ads bear no name on the platform: ours only tells that they are looked up before they are made again. */
function targetStep(brief: Brief, group: string, audience: string): PlannedStep {
  const key = `target:${group}:${audience}`
  return plannedStep({
    key,
    level: 'target',
    name: nameOf(brief, key, `audience ${audience}`),
    payload: {
      adGroupId: `{ad-group:${group}}`,
      expressionType: 'manual',
      expression: [{ type: 'audience', value: [{ type: 'audienceSameAs', value: audience }] }],
      state: 'paused',
    },
  })
}

function creativeStep(brief: Brief, { settings }: Connection, group: string): PlannedStep {
  const key = `creative:${group}`
  const { logoAsset, imageAsset } = settings
  return plannedStep({
    key,
    level: 'creative',
    name: nameOf(brief, key, 'creative'),
    payload: {
      adGroupId: `{ad-group:${group}}`,
      creativeType: 'IMAGE',
      properties: {
        headline: fitText(brief.campaign.creative.headline, HEADLINE_LENGTH),
        ...(logoAsset && { brandLogo: { assetId: logoAsset } }),
        ...(imageAsset && { rectCustomImage: { assetId: imageAsset } }),
      },
    },
  })
}

function adStep(brief: Brief, group: string): PlannedStep {
  const key = `ad:${group}`
  return plannedStep({
    key,
    level: 'ad',
    name: nameOf(brief, key, 'ad'),
    payload: {
      campaignId: '{campaign}',
      adGroupId: `{ad-group:${group}}`,
      landingPageType: 'OFF_AMAZON_LINK',
      landingPageURL: brief.clickUrl,
      state: 'paused',
    },
  })
}
