import { z } from 'zod'
import { DomainError } from './errors.ts'
import type { PlatformKey } from './ids.ts'

const part = z.string().min(4).max(2048)

/** What each platform asks for beside the account; kept in Secret Manager as one JSON text, Meta's token as it is. */
export const GoogleAdsCredentials = z
  .object({ developerToken: part, clientId: part, clientSecret: part, refreshToken: part })
  .strict()
export const AmazonAdsCredentials = z.object({ clientId: part, clientSecret: part, refreshToken: part }).strict()

const SCHEMAS = { 'google-ads': GoogleAdsCredentials, 'amazon-ads': AmazonAdsCredentials } as const

/** Reads a connection's secret; throws `invalid` naming the part that is missing, never its value. */
export function readCredentials<P extends keyof typeof SCHEMAS>(
  platform: P,
  secret: string,
): z.infer<(typeof SCHEMAS)[P]> {
  const remedy = `Give JSON with ${Object.keys(SCHEMAS[platform].shape).join(', ')}.`
  let value: unknown
  try {
    value = JSON.parse(secret)
  } catch {
    throw new DomainError('invalid', `The credentials of ${platform} are not JSON`, { remedy })
  }
  const read = SCHEMAS[platform].safeParse(value)
  if (read.success) return read.data as z.infer<(typeof SCHEMAS)[P]>
  const at = read.error.issues[0]?.path.join('.') || 'a part'
  throw new DomainError('invalid', `The credentials of ${platform}: ${at} is missing or not as it should be`, {
    remedy,
  })
}

/** The last four characters of the part that a person recognises. */
export const secretLast4 = (platform: PlatformKey, secret: string): string =>
  (platform === 'meta' ? secret : readCredentials(platform, secret).refreshToken).slice(-4)
