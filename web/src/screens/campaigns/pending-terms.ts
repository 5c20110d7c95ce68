import type { Campaign, CampaignTerms } from '#domain/campaign.ts'
import { termsOf } from '#domain/campaign-status.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Texts } from '../../i18n/es.ts'
import type { Format } from '../../i18n/format.ts'

export interface TermChange {
  /** Its word for people. */
  label: string
  before: string
  after: string
}

type Said = Omit<CampaignTerms, 'segments'>
const FIELDS = ['name', 'dailyBudget', 'split', 'startsOn', 'endsOn', 'countries'] as const
const WORDS = ['primaryText', 'headline', 'description', 'image', 'url'] as const

/** What is pending, in words; segments are not among it, because their names are documents of their own. */
export function pendingTerms(campaign: Campaign, texts: Texts, format: Format): TermChange[] {
  const then = termsOf(campaign)
  const labels = labelsOf(texts)
  const terms = FIELDS.filter((field) => differ(campaign[field], then[field])).map((field) => ({
    label: labels[field],
    before: sayTerm(field, campaign, campaign, texts, format),
    after: sayTerm(field, then, campaign, texts, format),
  }))
  const words = WORDS.filter((field) => differ(campaign.creative[field], then.creative[field])).map((field) => ({
    label: texts.campaignForm[field],
    before: sayWord(field, campaign.creative[field], texts),
    after: sayWord(field, then.creative[field], texts),
  }))
  return [...terms, ...words]
}

const differ = (a: unknown, b: unknown): boolean => canonicalJson(a) !== canonicalJson(b)

const labelsOf = ({ campaigns, campaign, campaignForm }: Texts): Record<(typeof FIELDS)[number], string> => ({
  name: campaigns.head.name,
  dailyBudget: campaign.fact.budget,
  split: campaignForm.split,
  startsOn: campaignForm.start,
  endsOn: campaignForm.end,
  countries: campaign.fact.countries,
})

function sayTerm(
  field: (typeof FIELDS)[number],
  terms: Said,
  { platforms }: Pick<Campaign, 'platforms'>,
  { campaigns, campaignPlan }: Texts,
  format: Format,
): string {
  switch (field) {
    case 'name':
      return terms.name
    case 'dailyBudget':
      return format.money(terms.dailyBudget)
    case 'split':
      return Object.keys(terms.split).length === 0
        ? campaignPlan.pending.equal
        : platforms.map((key) => `${campaigns.platforms[key]} ${terms.split[key] ?? 1}`).join(' · ')
    case 'countries':
      return format.list(terms.countries.map(format.country))
    default:
      return format.day(terms[field], 'long')
  }
}

/** An image is named by the beginning of its hash. */
function sayWord(field: (typeof WORDS)[number], value: string | null, { campaignPlan: texts }: Texts): string {
  if (field === 'image') return value ? texts.pending.image(value.slice(0, 8)) : texts.pending.noImage
  return value || texts.empty
}
