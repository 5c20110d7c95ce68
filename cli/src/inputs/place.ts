import type { Command } from 'commander'
import { given } from '../arguments.ts'

export const takesPlace = (command: Command): Command =>
  command
    .option('--city <city>', 'such as Bogotá')
    .option('--region <region>', 'state, department or province')
    .option('--country <code>', 'ISO 3166-1 alpha-2, such as CO')

interface PlaceOptions {
  city?: string
  region?: string
  country?: string
}

/** Undefined where none of the three was given. */
export function placeOf({ city, region, country }: PlaceOptions): Record<string, string> | undefined {
  const code = country?.toUpperCase()
  const words = [city, region, code].filter((word) => word !== undefined)
  if (words.length === 0) return undefined
  return { text: words.join(', '), ...given({ city, region, country: code }) } as Record<string, string>
}

/** "Bogotá, CO", or as its source wrote it. */
export const placeText = (
  place: { text: string; city?: string | undefined; country?: string | undefined } | null | undefined,
): string | null => (place ? [place.city, place.country].filter(Boolean).join(', ') || place.text : null)
