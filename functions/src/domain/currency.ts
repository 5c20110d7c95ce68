import { DomainError } from './errors.ts'

/** Currencies whose minor unit is not a hundredth, by ISO 4217. Intl is no source: its data round some to what shops use. */
const DIGITS: Record<string, number> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3])),
  CLF: 4,
  UYW: 4,
}
const KNOWN = new Set(Intl.supportedValuesOf('currency'))

/** Decimals of a currency by ISO 4217; throws `invalid` on a code that is none. */
export function minorDigits(currency: string): number {
  if (!KNOWN.has(currency))
    throw new DomainError('invalid', `${currency} is not an ISO 4217 currency`, { remedy: 'Use a code such as USD.' })
  return DIGITS[currency] ?? 2
}
