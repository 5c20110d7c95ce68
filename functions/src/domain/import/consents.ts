import { CONSENT_PURPOSES, type ConsentPurpose } from '../candidate.ts'
import { Instant } from '../time.ts'
import { listOf, quoted, type Read, read, textOf, unread } from './value.ts'

/** A consent as a source tells it; `at` null = when it reaches us. */
export interface ConsentGiven {
  purpose: ConsentPurpose
  granted: boolean
  textVersion: string
  at: string | null
}

const PURPOSES = `one of ${CONSENT_PURPOSES.join(', ')}`
const TEXT_REMEDY =
  'Name the text that the person agreed to: a column consentText, or the mapping consents:<text version>.'

/**
 * "recruiting; audience_ads" with the version of the text agreed to, or a list of {purpose, granted, textVersion, at}. Without a text
 * version there is no proof, and so no consent.
 */
export function readConsents(value: unknown, textVersion: unknown, at: unknown): Read<ConsentGiven[]> {
  const common = { textVersion: textOf(textVersion), at: textOf(at) }
  const items = Array.isArray(value) ? value : listOf(value)
  const consents: ConsentGiven[] = []
  for (const item of items) {
    const given = item !== null && typeof item === 'object' ? (item as Record<string, unknown>) : { purpose: item }
    const consent = readConsent(given, common)
    if ('unread' in consent) return consent
    consents.push(consent.value)
  }
  return read(consents)
}

function readConsent(
  given: Record<string, unknown>,
  common: { textVersion: string | null; at: string | null },
): Read<ConsentGiven> {
  const named = textOf(given.purpose) ?? ''
  const purpose = CONSENT_PURPOSES.find((known) => known === named.toLowerCase().replace(/[\s-]/g, '_'))
  if (!purpose) return unread(`${quoted(named)} is no purpose of consent`, `Use ${PURPOSES}.`)
  const textVersion = textOf(given.textVersion) ?? common.textVersion
  if (textVersion === null || textVersion.length > 100)
    return unread(`a consent to ${purpose} without its text`, TEXT_REMEDY)
  const at = textOf(given.at) ?? common.at
  const instant = at === null ? null : instantOf(at)
  if (instant === undefined) return unread(`${quoted(at ?? '')} is no time`, 'Write it like 2026-03-01T10:00:00-05:00.')
  return read({ purpose, granted: given.granted !== false, textVersion, at: instant })
}

/** A date alone is the beginning of its day in UTC. */
function instantOf(text: string): string | undefined {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text
  return Instant.safeParse(whole).success ? new Date(whole).toISOString() : undefined
}
