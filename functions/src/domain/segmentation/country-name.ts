/** ISO 3166-1 alpha-2 -> the country's name; the code itself where Intl knows none. */
export const countryName = (code: string, language: 'es' | 'en'): string =>
  new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code
