import { z } from 'zod'
import { Role } from './actor.ts'
import { Entity } from './entity.ts'
import { Currency, Money } from './money.ts'
import { TimeZone } from './time.ts'

export const Locale = z.enum(['es', 'en'])
export type Locale = z.infer<typeof Locale>

export const Org = Entity.extend({
  name: z.string().min(1).max(120),
  locale: Locale,
  currency: Currency,
  timeZone: TimeZone,
  /** Most that all running campaigns of the organisation may cost a day; null = no cap set. */
  dailyCap: Money.nullable(),
}).meta({ id: 'Org' })
export type Org = z.infer<typeof Org>

export const Member = Entity.extend({
  email: z.string(),
  role: Role,
  /** Claims version: a token with an older one is refused for writes. */
  claimsVersion: z.int(),
  active: z.boolean(),
}).meta({ id: 'Member' })
export type Member = z.infer<typeof Member>
