import type { AmazonAdsCredentials, GoogleAdsCredentials } from './credentials.ts'
import type { PlatformKey } from './ids.ts'

type Credential = 'token' | keyof typeof GoogleAdsCredentials.shape | keyof typeof AmazonAdsCredentials.shape

/** A setting of an ad account as a person gives it: a text, one of a few values, or on and off. */
export type SettingField =
  | { key: 'pageId' | 'pixelId' | 'beneficiary' | 'payor' | 'loginCustomerId' | 'bid'; kind: 'text' }
  | { key: 'region'; kind: 'choice'; values: readonly ('na' | 'eu' | 'fe')[] }
  | { key: 'audiences'; kind: 'switch' }
export type SettingKey = SettingField['key']

interface Fields {
  /** An account's id as its platform shows it. */
  accountExample: string
  credentials: readonly Credential[]
  settings: readonly SettingField[]
}

const text = <K extends Extract<SettingField, { kind: 'text' }>['key']>(key: K) => ({ key, kind: 'text' }) as const

/** What connecting an account of each platform asks for. Plain data: a schema would bring zod into the console, which its policy forbids to evaluate. */
export const CONNECTION_FIELDS: Record<PlatformKey, Fields> = {
  meta: {
    accountExample: 'act_1234567890',
    credentials: ['token'],
    settings: [
      text('pageId'),
      text('pixelId'),
      text('beneficiary'),
      text('payor'),
      { key: 'audiences', kind: 'switch' },
    ],
  },
  'google-ads': {
    accountExample: '123-456-7890',
    credentials: ['developerToken', 'clientId', 'clientSecret', 'refreshToken'],
    settings: [text('loginCustomerId')],
  },
  'amazon-ads': {
    accountExample: '1234567890123456',
    credentials: ['clientId', 'clientSecret', 'refreshToken'],
    settings: [{ key: 'region', kind: 'choice', values: ['na', 'eu', 'fe'] }, text('bid')],
  },
}

/** The one text that Secret Manager keeps: a lone token as it is, several parts as JSON. */
export function joinCredentials(platform: PlatformKey, part: (key: string) => string): string {
  const { credentials } = CONNECTION_FIELDS[platform]
  const [only, ...more] = credentials
  if (only && more.length === 0) return part(only)
  return JSON.stringify(Object.fromEntries(credentials.map((key) => [key, part(key)])))
}
