import { z } from 'zod'
import { PlatformKey } from '#domain/ids.ts'
import { Currency } from '#domain/money.ts'
import { Split } from '#domain/split.ts'
import { AdDay } from '#domain/time.ts'

const REGIONS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && REGIONS.of(code) !== undefined

/** What may be said of a campaign at its making and later; nothing of it has a default here. */
const Terms = z.object({
  name: z.string().min(1).max(200).optional(),
  segments: z.array(z.string()).max(10).optional(),
  dailyBudget: z
    .object({ amount: z.string().max(20), currency: Currency })
    .strict()
    .optional(),
  split: Split.optional(),
  start: AdDay.optional(),
  end: AdDay.optional(),
  countries: z.array(z.string().refine(isCountry, 'ISO 3166-1 alpha-2, such as CO')).max(25).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  image: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'the id that POST /v1/images gave')
    .nullable()
    .optional(),
  creative: z
    .object({
      primaryText: z.string().min(1).max(500),
      headline: z.string().min(1).max(40),
      description: z.string().max(50).default(''),
    })
    .strict()
    .optional(),
})

/** As console, CLI and API send it. */
export const CampaignInput = Terms.required({ dailyBudget: true, end: true })
  .extend({
    job: z.string().min(1),
    platform: PlatformKey.optional(),
    platforms: z.array(PlatformKey).min(1).optional(),
  })
  .strict()
  .meta({ id: 'CampaignInput' })
export type CampaignInput = z.input<typeof CampaignInput>

export const CampaignPatch = Terms.strict().meta({ id: 'CampaignPatch' })
export type CampaignPatch = z.input<typeof CampaignPatch>
/** Either of them, read. */
export type TermsInput = z.output<typeof CampaignPatch>
