/** Everything that ever happens to the sandbox's world. The journal is a list of these; the world is their fold. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Fields = { readonly [key: string]: Json }

/** The platforms that sell advertising; all of them share one world, so one clock, one ledger and one book. */
export type AdPlatformName = 'meta' | 'google-ads' | 'amazon-ads'

/** Meta's words; a Google budget or criterion and an Amazon target have no object of their own there. */
export type Kind = 'campaign' | 'adset' | 'creative' | 'ad' | 'image' | 'audience' | 'budget' | 'criterion' | 'target'

export interface Account {
  /** Whose account it is; ids never meet across platforms. */
  platform: AdPlatformName
  /** Digits, without act_. */
  id: string
  name: string
  currency: string
  timezone: string
  businessId: string
  pageId: string
  pixelId: string
  /** Meta's account_status: 1 active, 2 disabled, 3 unsettled. */
  status: number
  /** Virtual epoch ms. */
  createdAt: number
  dsaBeneficiary: string | null
  dsaPayor: string | null
  /** Amazon: the marketplace that the profile sells in, ISO 3166-1 alpha-2. */
  country?: string
}

export interface Token {
  token: string
  /** Digits, without act_. */
  accounts: string[]
  scopes: string[]
  userId: string
  appId: string
  /** HMAC key of appsecret_proof; null = the app has none to check. */
  appSecret: string | null
  /** Real epoch ms, as tokens live on real time; null = never. */
  expiresAt: number | null
  state: 'valid' | 'expired' | 'revoked'
}

export interface NewThing {
  id: string
  kind: Kind
  account: string
  /** What delivery is seeded by: names, never ids, so that results do not depend on the order of creation. */
  key: string
  fields: Fields
}

export interface Review {
  at: number
  endsAt: number
  verdict: 'ACTIVE' | 'DISAPPROVED'
  /** Reason title -> explanation, as ad_review_feedback.global. */
  feedback: { [title: string]: string }
}

export interface ReportRun {
  id: string
  account: string
  /** The object whose insights edge was asked. */
  node: string
  params: Fields
  /** Virtual and real epoch ms of the request; the figures are those of that virtual instant. */
  at: number
  realAt: number
  outcome: 'complete' | 'failed' | 'stuck'
}

/** A create whose answer was lost and that lands later, on the clock named. Epoch ms. */
export interface Landing {
  clock: 'virtual' | 'real'
  dueAt: number
  thing: NewThing
}

export type WorldEvent =
  | { type: 'account'; account: Account }
  | { type: 'token'; token: Token }
  | { type: 'created'; at: number; thing: NewThing }
  | { type: 'changed'; at: number; id: string; changes: Fields }
  | { type: 'reviewed'; id: string; review: Review }
  | { type: 'users'; at: number; id: string; added: string[]; removed: string[] }
  | { type: 'clicked'; id: string; count: number }
  | { type: 'landing'; landing: Landing }
  | { type: 'report'; run: ReportRun }
