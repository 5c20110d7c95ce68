import type { Account, Fields, Json, Kind, Landing, NewThing, ReportRun, Review, Token, WorldEvent } from './events.ts'
import { type Journal, KEPT_REPORTS } from './journal.ts'
import type { SandboxClock, SandboxSettings } from './settings.ts'

export interface Version {
  /** Virtual epoch ms from which these fields hold. */
  at: number
  fields: Fields
}

export interface Thing {
  id: string
  kind: Kind
  account: string
  key: string
  createdAt: number
  /** Oldest first, never empty: the whole history, so that the past can be computed again. */
  versions: Version[]
  reviews: Review[]
  /** Hashes of a custom audience. */
  users: Set<string>
  /** Click ids that were given out for an ad. */
  clicked: number
}

/** The sandbox's whole state, in memory; every change goes through `record`, which writes it to the journal first. */
export interface World {
  seed: string
  settings: SandboxSettings
  now(): number
  accounts: Map<string, Account>
  tokens: Map<string, Token>
  things: Map<string, Thing>
  /** Ids of an account's things by kind, oldest first. */
  edge(account: string, kind: Kind): readonly string[]
  /** Ids of the ad sets of a campaign, or the ads of an ad set, oldest first. */
  children(parent: string): readonly string[]
  /** Ids of the creatives or targets that belong to an ad set, oldest first. */
  attached(adset: string, kind: 'creative' | 'target'): readonly string[]
  /** Grows whenever anything below this campaign, or any custom audience, changes. */
  revision(campaign: string): number
  reports: Map<string, ReportRun>
  landings: Landing[]
  /** How many things were created under a key without its number. */
  namesakes(base: string): number
  /** Grows with every event. */
  changes(): number
  record(event: WorldEvent): void
  newId(): string
  clear(): void
}

const FIRST_ID = 120_230_000_000_000_000n
const ID_STEP = 10_007n

export function openWorld(
  seed: string,
  settings: SandboxSettings,
  clock: SandboxClock,
  journal: Journal,
  past: readonly WorldEvent[],
): World {
  const accounts = new Map<string, Account>()
  const tokens = new Map<string, Token>()
  const things = new Map<string, Thing>()
  const edges = new Map<string, string[]>()
  const below = new Map<string, string[]>()
  const revisions = new Map<string, number>()
  const reports = new Map<string, ReportRun>()
  const bases = new Map<string, number>()
  const landings: Landing[] = []
  let audienceChanges = 0
  let changes = 0
  let lastId = FIRST_ID

  const add = (index: Map<string, string[]>, key: string, id: string): void => {
    const list = index.get(key)
    if (list) list.push(id)
    else index.set(key, [id])
  }

  const seen = (id: string): void => {
    if (/^\d+$/.test(id) && BigInt(id) > lastId) lastId = BigInt(id)
  }

  const touch = (thing: Thing): void => {
    const campaign = campaignOf(things, thing)
    if (campaign) revisions.set(campaign, (revisions.get(campaign) ?? 0) + 1)
  }

  const create = (at: number, { id, kind, account, key, fields }: NewThing): void => {
    const thing: Thing = {
      id,
      kind,
      account,
      key,
      createdAt: at,
      versions: [{ at, fields }],
      reviews: [],
      users: new Set(),
      clicked: 0,
    }
    things.set(id, thing)
    bases.set(baseOf(key), (bases.get(baseOf(key)) ?? 0) + 1)
    add(edges, `${account}/${kind}`, id)
    const parent = fields[kind === 'adset' ? 'campaign_id' : 'adset_id']
    if ((kind === 'adset' || kind === 'ad') && typeof parent === 'string') add(below, parent, id)
    if ((kind === 'creative' || kind === 'target') && typeof parent === 'string') add(below, `${parent}/${kind}`, id)
    seen(id)
    touch(thing)
  }

  const apply = (event: WorldEvent): void => {
    switch (event.type) {
      case 'account':
        accounts.set(event.account.id, event.account)
        return
      case 'token':
        tokens.set(event.token.token, event.token)
        return
      case 'created': {
        const landed = landings.findIndex((landing) => landing.thing.id === event.thing.id)
        if (landed >= 0) landings.splice(landed, 1)
        create(event.at, event.thing)
        return
      }
      case 'changed': {
        const thing = things.get(event.id)
        if (!thing) return
        thing.versions.push({ at: event.at, fields: { ...current(thing), ...event.changes } })
        touch(thing)
        return
      }
      case 'reviewed': {
        const thing = things.get(event.id)
        if (!thing) return
        thing.reviews.push(event.review)
        touch(thing)
        return
      }
      case 'users': {
        const audience = things.get(event.id)
        if (!audience) return
        for (const user of event.added) audience.users.add(user)
        for (const user of event.removed) audience.users.delete(user)
        audienceChanges++
        audience.versions.push({ at: event.at, fields: { ...current(audience), user_count: audience.users.size } })
        return
      }
      case 'clicked': {
        const ad = things.get(event.id)
        if (ad) ad.clicked += event.count
        return
      }
      case 'landing':
        landings.push(event.landing)
        seen(event.landing.thing.id)
        return
      case 'report': {
        reports.set(event.run.id, event.run)
        seen(event.run.id)
        const oldest = reports.keys().next().value
        if (reports.size > KEPT_REPORTS && oldest !== undefined) reports.delete(oldest)
      }
    }
  }

  for (const event of past) apply(event)

  return {
    seed,
    settings,
    now: () => clock.now(),
    accounts,
    tokens,
    things,
    edge: (account, kind) => edges.get(`${account}/${kind}`) ?? [],
    children: (parent) => below.get(parent) ?? [],
    attached: (adset, kind) => below.get(`${adset}/${kind}`) ?? [],
    revision: (campaign) => (revisions.get(campaign) ?? 0) + audienceChanges,
    reports,
    landings,
    namesakes: (base) => bases.get(base) ?? 0,
    changes: () => changes,
    record: (event) => {
      changes++
      journal.append(event)
      apply(event)
    },
    newId: () => {
      lastId += ID_STEP
      return String(lastId)
    },
    clear: () => {
      journal.clear()
      for (const map of [accounts, tokens, things, edges, below, revisions, reports, bases]) map.clear()
      landings.length = 0
      lastId = FIRST_ID
    },
  }
}

/** Of several things with the same names, the later ones carry a number. */
export const numbered = (base: string, earlier: number): string =>
  earlier === 0 ? base : `${base}\u0000${earlier + 1}`

const baseOf = (key: string): string => key.split('\u0000')[0] ?? key

/** The fields that hold now. */
export const current = (thing: Thing): Fields => thing.versions[thing.versions.length - 1]?.fields ?? {}

/** The fields that held at an instant; undefined before the thing was there. */
export function fieldsAt(thing: Thing, at: number): Fields | undefined {
  for (let i = thing.versions.length - 1; i >= 0; i--) {
    const version = thing.versions[i]
    if (version && version.at <= at) return version.fields
  }
  return undefined
}

/** A field's text, or '' when it has none. */
export const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** A JSON object's members, or none. */
export const members = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** A JSON list's items, or none. */
export const items = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

export function campaignOf(things: ReadonlyMap<string, Thing>, thing: Thing): string | undefined {
  if (thing.kind === 'campaign') return thing.id
  if (thing.kind === 'adset') return text(current(thing).campaign_id)
  if (thing.kind === 'ad') {
    const adset = things.get(text(current(thing).adset_id))
    return adset && text(current(adset).campaign_id)
  }
  return undefined
}
