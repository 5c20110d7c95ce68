import { z } from 'zod'
import { Stored } from './entity.ts'
import { DomainError } from './errors.ts'
import { Money, majorText } from './money.ts'

export const LEDGER_ID = 'daily'

/** `orgs/{org}/ledger/daily`: the most that each channel which may spend can cost on one day, the platform's overspend included. */
export const Ledger = Stored.extend({
  /** By channel id. */
  reserved: z.record(z.string(), Money),
})
export type Ledger = z.infer<typeof Ledger>
export type Reserved = Ledger['reserved']

/** What is reserved, one amount per currency. */
export function reservedTotals(reserved: Reserved): Money[] {
  const totals = new Map<string, number>()
  for (const { minor, currency } of Object.values(reserved)) totals.set(currency, (totals.get(currency) ?? 0) + minor)
  return [...totals].sort().map(([currency, minor]) => ({ minor, currency }))
}

const text = (money: Money): string => `${majorText(money)} ${money.currency}`

/** Throws `unprocessable` where `reserved` as a whole does not fit under the cap. */
export function assertWithin(cap: Money | null, reserved: Reserved, needed: Money | null, ref: string): void {
  if (!cap) return
  const foreign = Object.values(reserved).find(({ currency }) => currency !== cap.currency)
  if (foreign)
    throw new DomainError(
      'unprocessable',
      `The daily cap is in ${cap.currency}, but ${needed?.currency === foreign.currency ? ref : 'a running campaign'} costs ${foreign.currency}`,
      { remedy: `Pause what costs ${foreign.currency}, or ask an administrator for a cap in ${foreign.currency}.` },
    )
  const all = Object.values(reserved).reduce((sum, { minor }) => sum + minor, 0)
  if (all <= cap.minor) return
  const before = { minor: all - (needed?.minor ?? 0), currency: cap.currency }
  throw new DomainError(
    'unprocessable',
    needed
      ? `${ref} can cost ${text(needed)} on one day: ${text(before)} of the daily cap of ${text(cap)} is reserved already`
      : `${text(before)} a day is reserved already: more than a cap of ${text(cap)}`,
    {
      remedy: needed
        ? 'Pause another campaign, lower the daily budget, or ask an administrator for a higher cap.'
        : 'Pause campaigns first, or set a higher cap.',
    },
  )
}

/** Adds what channels need, replacing what each had. Throws `unprocessable` where it does not fit under the cap. */
export function reserveFor(reserved: Reserved, cap: Money | null, needs: Reserved, ref: string): Reserved {
  const next = { ...reserved, ...needs }
  const [first] = Object.values(needs)
  const needed = first
    ? { minor: Object.values(needs).reduce((sum, { minor }) => sum + minor, 0), currency: first.currency }
    : null
  if (needed) assertWithin(cap, next, needed, ref)
  return next
}

export const releaseOf = (reserved: Reserved, channelIds: readonly string[]): Reserved => {
  const gone = new Set(channelIds)
  return Object.fromEntries(Object.entries(reserved).filter(([id]) => !gone.has(id)))
}
