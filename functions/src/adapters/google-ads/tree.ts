import { z } from 'zod'
import { AdDay } from '#domain/time.ts'

export const Keyword = z.object({ text: z.string(), match: z.enum(['PHRASE', 'BROAD']) })
export type Keyword = z.infer<typeof Keyword>

/** A responsive search ad's texts: Google puts them together as it sees fit. */
export const SearchAd = z.object({
  finalUrl: z.string(),
  headlines: z.array(z.string()),
  descriptions: z.array(z.string()),
  path1: z.string(),
  path2: z.string(),
})
export type SearchAd = z.infer<typeof SearchAd>

/** A constant of the platform's vocabulary, with the name that people read. */
export const Constant = z.object({ id: z.string(), name: z.string() })
export type Constant = z.infer<typeof Constant>

/** What the one step of a plan makes: a whole campaign, in readable form. */
export const Tree = z.object({
  name: z.string(),
  dailyBudgetMicros: z.int().positive(),
  /** Whole days in the account's zone, both included. */
  startsOn: AdDay,
  endsOn: AdDay,
  bidding: z.literal('MAXIMIZE_CLICKS'),
  containsEuPoliticalAdvertising: z.literal(false),
  urlSuffix: z.string(),
  locations: z.array(Constant),
  languages: z.array(Constant),
  adGroups: z.array(z.object({ name: z.string(), keywords: z.array(Keyword), ad: SearchAd })).min(1),
})
export type Tree = z.infer<typeof Tree>
