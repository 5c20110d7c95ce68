import { z } from 'zod'
import { currencyFacts } from '../data/currencies.ts'
import type { Account, Fields, Kind } from '../events.ts'
import { current, members, type Thing, type World } from '../world.ts'
import { invalidRow, RowError } from './errors.ts'

/** What one kind of Sponsored Display object is in this API, and what it becomes in the world. */
export interface Resource {
  kind: Kind
  idField: string
  /** A new object's fields: the world's own, with Amazon's under `amazon`. */
  create(world: World, account: Account, given: unknown): Fields
  change(world: World, account: Account, thing: Thing, given: unknown): Fields
}

export const STATES = { enabled: 'ACTIVE', paused: 'PAUSED', archived: 'DELETED' } as const
export const NewState = z.enum(['enabled', 'paused'])
export const State = z.enum(['enabled', 'paused', 'archived'])
export const Name = z.string().trim().min(1).max(128)
export const Id = z.string().regex(/^\d+$/)
export const Day = z.string().regex(/^\d{8}$/, 'must be yyyymmdd')
export const Amount = z.number().positive().max(1_000_000_000)

export const native = (thing: Thing): Fields => members(current(thing).amazon)

export function read<S extends z.ZodType>(schema: S, given: unknown): z.infer<S> {
  const found = schema.safeParse(given)
  if (found.success) return found.data
  const issue = found.error.issues[0]
  throw invalidRow(`${issue?.path.join('.') || 'The object'}: ${issue?.message}`)
}

/** An object of this account that a new one goes under. */
export function above(world: World, account: Account, kind: Kind, id: string): Thing {
  const thing = world.things.get(id)
  if (thing?.kind !== kind || thing.account !== account.id) throw new RowError('NOT_FOUND', `There is no ${kind} ${id}`)
  if (native(thing).state === 'archived') throw invalidRow(`${id} is archived`)
  return thing
}

/** Major units, as this API has them, in the world's minor ones. */
export function minorOf(account: Account, major: number, field: string): number {
  const minor = major * (currencyFacts(account.currency)?.offset ?? 100)
  if (Math.abs(minor - Math.round(minor)) > 1e-6)
    throw invalidRow(`${field}: more decimals than ${account.currency} has`)
  return Math.round(minor)
}
