import { z } from 'zod'
import { minorDigits } from './currency.ts'
import { DomainError } from './errors.ts'

/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD')
/** An amount in integer minor units (cents for USD, yen for JPY) of its currency. */
export const Money = z.object({ minor: z.int(), currency: Currency }).meta({ id: 'Money' })
export type Money = z.infer<typeof Money>

/** Reads a decimal in major units ("20.00") without passing through a float; refuses more decimals than the currency has. */
export function parseMoney(text: string, currency: string): Money {
  const digits = minorDigits(currency)
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim())
  const fraction = match?.[3] ?? ''
  if (!match || fraction.replace(/0+$/, '').length > digits)
    throw new DomainError('invalid', `${JSON.stringify(text)} is not an amount in ${currency}`, {
      remedy: digits ? `Write it like ${(20).toFixed(digits)}.` : 'Write it without decimals, like 20.',
    })
  const minor = Number(`${match[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`)
  return { minor: match[1] ? -minor : minor, currency }
}

/** Major units as a plain decimal: {1234, USD} -> "12.34". */
export function majorText({ minor, currency }: Money): string {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  return `${minor < 0 ? '-' : ''}${whole}${digits ? `.${text.slice(-digits)}` : ''}`
}

/** Micros (millionths of the major unit) per minor unit: 10,000 for USD. */
export const microsPerMinor = (currency: string): number => 10 ** (6 - minorDigits(currency))
export const toMicros = ({ minor, currency }: Money): number => minor * microsPerMinor(currency)

/** A platform's decimal string in major units ("12.34") -> integer micros, without floats. */
export function microsOfDecimal(text: string): number {
  const match = /^(-?)(\d+)(?:\.(\d{1,6})\d*)?$/.exec(text)
  if (!match) throw new DomainError('invalid', `${JSON.stringify(text)} is not a decimal amount`)
  const micros = Number(match[2]) * 1_000_000 + Number((match[3] ?? '').padEnd(6, '0'))
  return match[1] ? -micros : micros
}

/** Sum of amounts in one currency; nothing at all cannot be summed. */
export function sumMoney(amounts: readonly Money[]): Money {
  const [first, ...rest] = amounts
  if (!first) throw new DomainError('invalid', 'There is no amount to sum')
  if (rest.some(({ currency }) => currency !== first.currency))
    throw new DomainError('invalid', 'Amounts in different currencies cannot be summed', {
      remedy: 'Make one campaign for each currency.',
    })
  return { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency: first.currency }
}
