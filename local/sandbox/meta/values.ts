import { currencyFacts } from '../data/currencies.ts'
import type { Fields, Json } from '../events.ts'
import { offsetMinutes } from '../zone.ts'
import type { Call } from './call.ts'
import { notImitated, required, wrongType, wrongValue } from './errors.ts'
import type { Params } from './params.ts'

export function stringOf(params: Params, name: string): string | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw wrongType(name, 'a string')
}

export function neededString(params: Params, name: string): string {
  const value = stringOf(params, name)?.trim()
  if (!value) throw required(name)
  return value
}

export function nameOf(params: Params): string {
  const name = neededString(params, 'name')
  if (name.length > 400) throw wrongType('name', 'at most 400 characters long')
  return name
}

export function oneOf<T extends string>(params: Params, name: string, allowed: readonly T[]): T | undefined {
  const value = stringOf(params, name)
  if (value === undefined) return undefined
  const found = allowed.find((candidate) => candidate === value)
  if (!found) throw wrongValue(name, allowed)
  return found
}

export function listOf(params: Params, name: string): readonly Json[] | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  if (!Array.isArray(value)) throw wrongType(name, 'an array')
  return value
}

export function objectOf(params: Params, name: string): Fields | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(name, 'an object')
  return value
}

export function booleanOf(params: Params, name: string): boolean | undefined {
  const value = params[name]
  if (value === undefined || value === null || value === '') return undefined
  if (value === true || value === 'true' || value === 1 || value === '1') return true
  if (value === false || value === 'false' || value === 0 || value === '0') return false
  throw wrongType(name, 'a boolean')
}

/** A budget in minor units, kept as the integer text that the platform answers. */
export function minorOf(params: Params, name: string): string | undefined {
  const value = stringOf(params, name)
  if (value === undefined) return undefined
  if (!/^\d{1,15}$/.test(value)) throw wrongType(name, 'an integer number of minor units, such as 1000 for 10.00 USD')
  return String(Number(value))
}

/** An instant as epoch ms: ISO 8601 with or without a zone (then the account's), or UNIX seconds. 0 means none. */
export function instantOf(params: Params, name: string, zone: string): number | undefined {
  const value = stringOf(params, name)
  if (value === undefined || value === '0') return undefined
  if (/^\d{9,10}$/.test(value)) return Number(value) * 1000
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(value)
  if (!match) throw wrongType(name, 'a date and time such as 2026-12-01T08:00:00-0500')
  const [, date = '', time = '00:00:00', offset] = match
  const zoned = offset === undefined ? 'Z' : offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const at = Date.parse(`${date}T${time}${zoned}`)
  if (Number.isNaN(at)) throw wrongType(name, 'a date and time such as 2026-12-01T08:00:00-0500')
  return offset === undefined ? at - offsetMinutes(at, zone) * 60_000 : at
}

/** Splits a call's parameters: refuses by name what the sandbox does not imitate, notes what the platform ignores. */
export function sortParams(call: Call, known: readonly string[], unimitated: readonly string[]): void {
  for (const name of Object.keys(call.params)) {
    if (known.includes(name) || TRANSPORT.includes(name)) continue
    if (unimitated.includes(name)) throw notImitated(`The parameter ${name}`)
    call.ignored.add(name)
  }
}

/** `id: act_…` comes with every create of the SDK, which keeps it among an account's changed fields. */
const TRANSPORT = ['access_token', 'appsecret_proof', 'fields', 'id', 'execution_options', 'format', 'locale', 'method']

/** 12.34 USD, 1234 COP: an amount of minor units for a person. */
export function moneyText(minor: number, currency: string): string {
  const offset = currencyFacts(currency)?.offset ?? 100
  return `${offset === 1 ? minor : (minor / 100).toFixed(2)} ${currency}`
}
