import type { Account, Fields, Kind, NewThing } from '../events.ts'
import { beginReviews } from '../review.ts'
import { campaignOf, current, members, numbered, text, type World } from '../world.ts'

/** When a lost create lands, as its fault asks for. */
export interface Late {
  clock: 'virtual' | 'real'
  dueAt: number
}

/** Changes of one request over the world as it is; nothing happens before `commit`. */
export interface Draft {
  account: Account
  /** Virtual epoch ms. */
  now: number
  fields(id: string): Fields | undefined
  kind(id: string): Kind | undefined
  /** Of the account, those of this draft included, oldest first. */
  all(kind: Kind): readonly string[]
  add(kind: Kind, fields: Fields): string
  change(id: string, changes: Fields): void
  /** Campaigns that something was changed in. */
  touched(): ReadonlySet<string>
  /** Names of campaigns whose create is still on its way. */
  landing(): string[]
  /** What an operation of a partial failure has done can be taken back to a mark. */
  mark(): () => void
  commit(late?: Late): void
}

interface Entry {
  kind: Kind
  fields: Fields
  isNew: boolean
}

export function openDraft(world: World, account: Account): Draft {
  let entries = new Map<string, Entry>()
  const now = world.now()

  const keyOf = (keys: ReadonlyMap<string, string>, made: Map<string, number>, entry: Entry): string => {
    const parent = text(entry.fields.adset_id) || text(entry.fields.campaign_id)
    const above = keys.get(parent) ?? world.things.get(parent)?.key ?? account.id
    const base = `${above}/${entry.kind}:${text(entry.fields.name)}`
    const earlier = world.namesakes(base) + (made.get(base) ?? 0)
    made.set(base, (made.get(base) ?? 0) + 1)
    return numbered(base, earlier)
  }

  const write = (late: Late | undefined): void => {
    const keys = new Map<string, string>()
    const made = new Map<string, number>()
    for (const [id, entry] of entries) {
      if (!entry.isNew) {
        world.record({ type: 'changed', at: now, id, changes: entry.fields })
        continue
      }
      const key = keyOf(keys, made, entry)
      keys.set(id, key)
      const thing: NewThing = { id, kind: entry.kind, account: account.id, key, fields: entry.fields }
      if (late) world.record({ type: 'landing', landing: { ...late, thing } })
      else world.record({ type: 'created', at: now, thing })
    }
  }

  const fieldsOf: Draft['fields'] = (id) => {
    const entry = entries.get(id)
    const thing = world.things.get(id)
    if (thing && thing.account !== account.id) return undefined
    if (!entry) return thing && current(thing)
    return entry.isNew ? entry.fields : { ...(thing && current(thing)), ...entry.fields }
  }

  const campaignsOf = (id: string, kind: Kind): string[] => {
    if (kind === 'campaign') return [id]
    if (kind === 'budget')
      return world.edge(account.id, 'campaign').filter((campaign) => budgetIn(fieldsOf(campaign)) === id)
    const parent = fieldsOf(id)?.campaign_id ?? fieldsOf(id)?.parent_id ?? fieldsOf(id)?.adset_id
    const found = fieldsOf(text(parent))
    return found ? [text(found.campaign_id) || text(parent)] : []
  }

  return {
    account,
    now,
    fields: fieldsOf,
    touched: () => new Set([...entries].flatMap(([id, { kind }]) => campaignsOf(id, kind))),
    kind: (id) => entries.get(id)?.kind ?? world.things.get(id)?.kind,
    all: (kind) => [
      ...world.edge(account.id, kind),
      ...[...entries].flatMap(([id, entry]) => (entry.isNew && entry.kind === kind ? [id] : [])),
    ],
    add: (kind, fields) => {
      const id = world.newId()
      entries.set(id, { kind, fields, isNew: true })
      return id
    },
    change: (id, changes) => {
      const entry = entries.get(id)
      const kind = entry?.kind ?? world.things.get(id)?.kind
      if (kind) entries.set(id, { kind, fields: { ...entry?.fields, ...changes }, isNew: entry?.isNew ?? false })
    },
    landing: () =>
      world.landings
        .filter(({ thing }) => thing.account === account.id && thing.kind === 'campaign')
        .map(({ thing }) => text(thing.fields.name)),
    mark: () => {
      const before = new Map(entries)
      return () => {
        entries = before
      }
    },
    commit: (late) => {
      write(late)
      const campaigns = [...entries.keys()].flatMap((id) => {
        const thing = world.things.get(id)
        return (thing && campaignOf(world.things, thing)) ?? []
      })
      for (const id of new Set(campaigns)) beginReviews(world, id, now)
    },
  }
}

const budgetIn = (campaign: Fields | undefined): string | undefined =>
  text(members(campaign?.google).campaign_budget).split('/').at(-1)
