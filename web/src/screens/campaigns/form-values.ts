import type { Campaign } from '#domain/campaign.ts'
import { termsOf } from '#domain/campaign-status.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Connection } from '#domain/connection.ts'
import type { Problem } from '#domain/errors.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Job } from '#domain/job.ts'
import { type Money, majorText, parseMoney } from '#domain/money.ts'
import type { Split } from '#domain/split.ts'
import type { Texts } from '../../i18n/es.ts'
import { isWeight, splitOf, type Weights, weightOf, weightsOf } from './split-values.ts'

/** What a person typed, as typed. */
export interface FormValues {
  platforms: PlatformKey[]
  amount: string
  split: Weights
  start: string
  end: string
  countries: string
  segments: string[]
  primaryText: string
  headline: string
  description: string
  url: string
  image: string | null
}

export type FieldName = keyof FormValues
export type FieldErrors = Partial<Record<FieldName, string>>

/** As POST /v1/campaigns takes it. */
export interface CampaignBody {
  platforms: PlatformKey[]
  segments: string[]
  dailyBudget: { amount: string; currency: string }
  split?: Split
  start?: string
  end: string
  countries: string[]
  url?: string
  image?: string
  creative?: { primaryText: string; headline: string; description: string }
}

/** As PATCH /v1/campaigns/{id} takes it: only what was changed. */
export type CampaignPatchBody = Partial<Omit<CampaignBody, 'platforms' | 'image'>> & { image?: string | null }

export function valuesForJob(job: Job, platforms: PlatformKey[]): FormValues {
  const countries = [...new Set(job.places.flatMap((place) => (place.country ? [place.country] : [])))]
  return {
    platforms,
    amount: '',
    split: {},
    start: '',
    end: '',
    countries: countries.join(', '),
    segments: [],
    primaryText: '',
    headline: '',
    description: '',
    url: job.applyUrl ?? '',
    image: null,
  }
}

/** Of another campaign; its dates are its own. */
export const valuesLike = (campaign: Campaign): FormValues => ({
  platforms: [...campaign.platforms],
  amount: majorText(campaign.dailyBudget),
  split: weightsOf(campaign),
  start: '',
  end: '',
  countries: campaign.countries.join(', '),
  segments: [...campaign.segments],
  primaryText: campaign.creative.primaryText,
  headline: campaign.creative.headline,
  description: campaign.creative.description,
  url: campaign.creative.url,
  image: campaign.creative.image,
})

/** Of the campaign itself, as it will be once what is pending is published. */
export function valuesToEdit(campaign: Campaign): FormValues {
  const whole = { ...campaign, ...termsOf(campaign) }
  return { ...valuesLike(whole), start: whole.startsOn, end: whole.endsOn }
}

const codesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((code) => code.toUpperCase())

/** What can be said before asking the server; the server checks everything again. `editing`: what is there cannot be emptied. */
export function errorsOf(
  values: FormValues,
  currency: string,
  texts: Texts['campaignForm'],
  editing = false,
): FieldErrors {
  const errors: FieldErrors = {}
  const amount = amountError(values.amount, currency, texts)
  if (amount) errors.amount = amount
  if (values.platforms.length > 1 && !values.platforms.every((key) => isWeight(weightOf(values.split, key))))
    errors.split = texts.badWeight
  if (editing && !values.start) errors.start = texts.required
  if (!values.end) errors.end = texts.required
  else if (values.start && values.end < values.start) errors.end = texts.badDates
  const codes = codesOf(values.countries)
  if (codes.length === 0) errors.countries = texts.required
  else if (codes.some((code) => !/^[A-Z]{2}$/.test(code))) errors.countries = texts.badCountries
  if (editing && !values.url) errors.url = texts.required
  else if (values.url && !/^https?:\/\/\S+\.\S+/.test(values.url)) errors.url = texts.badUrl
  const written =
    editing || [values.primaryText, values.headline, values.description].some((text) => text.trim() !== '')
  if (written && !values.primaryText.trim()) errors.primaryText = texts.required
  if (written && !values.headline.trim()) errors.headline = texts.required
  return errors
}

/** Amounts of different currencies have no sum: said before anything is sent. */
export function currencyError(
  connections: readonly Connection[],
  platforms: readonly PlatformKey[],
  texts: Texts['campaignForm'],
): string | undefined {
  const chosen = connections.filter(({ platform }) => platforms.includes(platform))
  const currencies = new Set(chosen.map(({ currency }) => currency))
  return currencies.size > 1 ? texts.mixedCurrencies([...currencies].join(', ')) : undefined
}

/** The budget as typed; null while it is none. */
export function budgetOf(amount: string, currency: string): Money | null {
  try {
    const money = parseMoney(decimal(amount), currency)
    return money.minor > 0 ? money : null
  } catch {
    return null
  }
}

function amountError(amount: string, currency: string, texts: Texts['campaignForm']): string | undefined {
  if (!amount.trim()) return texts.required
  try {
    return parseMoney(decimal(amount), currency).minor > 0 ? undefined : texts.aboveZero
  } catch {
    return texts.badAmount(majorText({ minor: 2000, currency }))
  }
}

/** People who write 20,00 mean 20.00. */
const decimal = (amount: string): string => amount.trim().replace(',', '.')

export function bodyOf(values: FormValues, currency: string): CampaignBody {
  const { primaryText, headline, description } = values
  const creative = { primaryText: primaryText.trim(), headline: headline.trim(), description: description.trim() }
  return {
    platforms: values.platforms,
    segments: values.segments,
    dailyBudget: { amount: decimal(values.amount), currency },
    ...(values.platforms.length > 1 ? { split: splitOf(values.split, values.platforms) } : {}),
    ...(values.start ? { start: values.start } : {}),
    end: values.end,
    countries: codesOf(values.countries),
    ...(values.url ? { url: values.url } : {}),
    ...(values.image ? { image: values.image } : {}),
    ...(creative.primaryText ? { creative } : {}),
  }
}

/** What a person changed; nothing of what was left as it was. */
export function patchOf(before: FormValues, after: FormValues, currency: string): CampaignPatchBody {
  const { platforms: _, image: __, ...was } = bodyOf(before, currency)
  const { platforms: ___, image: ____, ...is } = bodyOf(after, currency)
  const changed = Object.entries(is).filter(
    ([field, value]) => canonicalJson(value) !== canonicalJson(was[field as keyof typeof was] ?? null),
  )
  return { ...Object.fromEntries(changed), ...(before.image === after.image ? {} : { image: after.image }) }
}

const FIELD_OF: Record<string, FieldName> = {
  platform: 'platforms',
  platforms: 'platforms',
  dailyBudget: 'amount',
  split: 'split',
  start: 'start',
  end: 'end',
  countries: 'countries',
  segments: 'segments',
  'creative/primaryText': 'primaryText',
  'creative/headline': 'headline',
  'creative/description': 'description',
  url: 'url',
  image: 'image',
}

/** The server's findings, each at the field that its JSON pointer names. */
export function errorsFrom(problems: readonly Problem[]): FieldErrors {
  const errors: FieldErrors = {}
  for (const { at, message, remedy } of problems) {
    const path = at.replace(/^\//, '')
    const field = FIELD_OF[path] ?? FIELD_OF[path.split('/')[0] ?? '']
    if (field) errors[field] ??= [message, remedy].filter(Boolean).join('. ')
  }
  return errors
}
