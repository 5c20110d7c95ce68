import { fitText } from '#domain/copy.ts'
import { toMicros } from '#domain/money.ts'
import type { ChannelPlan } from '#domain/plan.ts'
import { PlatformFailure } from '#domain/platform-failure.ts'
import { token } from '#functions/lib/hash.ts'
import { plannedStep } from '#functions/lib/planned-step.ts'
import type { Brief } from '#functions/ports/index.ts'
import type { AdsApi } from './ads-api.ts'
import { mostOnOneDay, mostOver } from './amounts.ts'
import { searchAd } from './copy.ts'
import { createCampaign } from './create.ts'
import { languagesFor, targetingFor } from './targeting.ts'
import type { Constant, Tree } from './tree.ts'

const NAME_LENGTH = 120
const GROUP_NAME_LENGTH = 80

/** Why Search, one atomic step and clicks are what is bought: docs/decisions. Asks the platform to check the whole campaign. */
export async function planGoogleAds(api: AdsApi, brief: Brief): Promise<ChannelPlan> {
  const { campaign, job, org } = brief
  const language = (job.language ?? '').toLowerCase().startsWith('en') ? 'en' : 'es'
  const groups = await targetingFor(api, brief, language)
  const title = fitText(`${campaign.ref} ${campaign.name}`, NAME_LENGTH)
  // The token of organisation, campaign and step makes the name unique: the key of every look-up.
  const name = `${title} ~${token(`${org}/google-ads/${campaign.id}/campaign`, 12)}`
  const tree: Tree = {
    name,
    dailyBudgetMicros: toMicros(brief.dailyBudget),
    startsOn: campaign.startsOn,
    endsOn: campaign.endsOn,
    bidding: 'MAXIMIZE_CLICKS',
    containsEuPoliticalAdvertising: false,
    urlSuffix: `utm_source=google&utm_medium=cpc&utm_campaign=${campaign.ref}`,
    locations: distinct(groups.flatMap(({ places }) => places)),
    languages: languagesFor(job.language),
    adGroups: groups.map(({ segment, keywords, skills, cities }) => ({
      name: segment ? `${fitText(segment.name.en, GROUP_NAME_LENGTH)} (${segment.id})` : 'Everybody',
      keywords,
      ad: searchAd({ campaign, job, language, skills, cities, finalUrl: brief.clickUrl }),
    })),
  }
  await validate(api, tree)
  return {
    steps: [plannedStep({ key: 'campaign', level: 'campaign', name, payload: tree })],
    targeting: groups.map(({ explained }) => explained),
    mostItCanCost: mostOver(campaign.startsOn, campaign.endsOn, brief.dailyBudget),
    mostOnOneDay: mostOnOneDay(brief.dailyBudget),
  }
}

const distinct = (places: readonly Constant[]): Constant[] => [
  ...new Map(places.map((place) => [place.id, place])).values(),
]

/** Its name is taken once the campaign is there: planning it again is then no refusal. */
async function validate(api: AdsApi, tree: Tree): Promise<void> {
  await createCampaign(api, tree, { validateOnly: true }).catch((failure: unknown) => {
    const known =
      failure instanceof PlatformFailure && failure.details.code === 'campaign_error/DUPLICATE_CAMPAIGN_NAME'
    if (!known) throw failure
  })
}
