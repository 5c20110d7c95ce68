import { z } from 'zod'
import { type Read, read, textOf, unread } from './value.ts'

const Email = z.email().max(254)

export function readEmail(value: unknown): Read<string | null> {
  const text = textOf(value)
  if (text === null) return read(null)
  const address = Email.safeParse(text)
  return address.success ? read(address.data) : unread('it is no mail address', 'Write it like ana@example.com.')
}

/** Dialling codes of the countries that AdFlux advertises in most; others write their number with +. */
const CODES: Record<string, string> = {
  ...{
    AR: '54',
    BO: '591',
    BR: '55',
    CL: '56',
    CO: '57',
    CR: '506',
    CU: '53',
    DO: '1',
    EC: '593',
    ES: '34',
    GT: '502',
  },
  ...{
    HN: '504',
    MX: '52',
    NI: '505',
    PA: '507',
    PE: '51',
    PR: '1',
    PY: '595',
    SV: '503',
    US: '1',
    UY: '598',
    VE: '58',
  },
  ...{ CA: '1', GB: '44', PT: '351' },
}

/** E.164. A number without + belongs to the candidate's country. The number itself is in no message: it is personal data. */
export function readPhone(value: unknown, country: string | undefined): Read<string | null> {
  const text = textOf(value)
  if (text === null) return read(null)
  const digits = text.replace(/[\s().\-/]/g, '').replace(/^00/, '+')
  const code = country && CODES[country]
  const full = digits.startsWith('+') ? digits : code ? `+${code}${digits.replace(/^0+/, '')}` : digits
  return /^\+[1-9]\d{6,14}$/.test(full)
    ? read(full)
    : unread('it is no phone number with its country', 'Write it with + and the country code: +573001234567.')
}

export function readName(first: unknown, last: unknown): Read<string | null> {
  const name = [textOf(first), textOf(last)].filter((part) => part !== null).join(' ')
  if (name.length > 200) return unread('the name is longer than 200 characters', 'Shorten it.')
  return read(name || null)
}
