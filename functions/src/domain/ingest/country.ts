import { plain } from './text.ts'

/** Names that Intl does not give, in plain form. */
const ALIASES: Record<string, string> = {
  usa: 'US',
  'u s a': 'US',
  'u s': 'US',
  eeuu: 'US',
  'ee uu': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  korea: 'KR',
  russia: 'RU',
  'hong kong': 'HK',
  'republica dominicana': 'DO',
  'estados unidos de america': 'US',
  'republica argentina': 'AR',
  'estados unidos mexicanos': 'MX',
}
/** Codes that Intl knows and ISO 3166-1 does not assign. */
const NOT_COUNTRIES = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ'.split(' '))
const LANGUAGES = ['en', 'es', 'pt', 'fr', 'de', 'it']

let known: { names: Map<string, string>; codes: Set<string> } | undefined

function table(): { names: Map<string, string>; codes: Set<string> } {
  if (known) return known
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const names = new Map(Object.entries(ALIASES))
  const codes = new Set<string>()
  const displays = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }))
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    // Codes of countries that are no more (DD, SU, YU) are the canonical form of none.
    if (NOT_COUNTRIES.has(code) || Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue
    for (const display of displays) {
      const name = display.of(code)
      if (!name) continue
      codes.add(code)
      if (!names.has(plain(name))) names.set(plain(name), code)
    }
  }
  known = { names, codes }
  return known
}

/** ISO 3166-1 alpha-2 of a country's name (es, en, pt, fr, de, it) or code in any case; undefined where it is none. */
export function countryCode(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  if (!trimmed) return undefined
  if (/^[A-Za-z]{2}$/.test(trimmed)) {
    const code = trimmed.toUpperCase()
    return code === 'UK' ? 'GB' : table().codes.has(code) ? code : undefined
  }
  return table().names.get(plain(trimmed))
}

/** What a bare "$" or an unnamed amount means where the job is. */
const CURRENCIES: Record<string, string> = {
  ...{ AR: 'ARS', BO: 'BOB', BR: 'BRL', CA: 'CAD', CL: 'CLP', CO: 'COP', CR: 'CRC', DO: 'DOP', EC: 'USD', GT: 'GTQ' },
  ...{ HN: 'HNL', MX: 'MXN', NI: 'NIO', PA: 'USD', PE: 'PEN', PR: 'USD', PY: 'PYG', SV: 'USD', US: 'USD', UY: 'UYU' },
  ...{ VE: 'VES', AU: 'AUD', GB: 'GBP', IN: 'INR', JP: 'JPY', NZ: 'NZD', SG: 'SGD', CH: 'CHF', PL: 'PLN', SE: 'SEK' },
  ...{ AT: 'EUR', BE: 'EUR', DE: 'EUR', ES: 'EUR', FI: 'EUR', FR: 'EUR', IE: 'EUR', IT: 'EUR', NL: 'EUR', PT: 'EUR' },
}

export const currencyOf = (country: string | undefined): string | undefined =>
  country === undefined ? undefined : CURRENCIES[country]
