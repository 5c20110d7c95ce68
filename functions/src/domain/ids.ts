import { z } from 'zod'

/** Safe as a Firestore document id and inside a path: refuses separators, dots and Firestore's reserved `__x__`. */
export const Id = z
  .string()
  .regex(/^(?!__)[A-Za-z0-9_-]{1,128}$/, 'letters, digits, _ and - only, at most 128')
  .meta({ id: 'Id' })

/** What people call an entity: JOB-0001. Every verb takes an id or a ref. */
export const REF_PREFIX = { jobs: 'JOB', candidates: 'CAND', campaigns: 'CMP', applications: 'APP' } as const
export type ReferredKind = keyof typeof REF_PREFIX

export const formatRef = (kind: ReferredKind, n: number): string => `${REF_PREFIX[kind]}-${String(n).padStart(4, '0')}`

export const isRef = (kind: ReferredKind, text: string): boolean =>
  new RegExp(`^${REF_PREFIX[kind]}-\\d{4,}$`).test(text)

export const PLATFORMS = ['meta', 'google-ads', 'amazon-ads'] as const
export const PlatformKey = z
  .preprocess((key) => (key === 'google' ? 'google-ads' : key === 'amazon' ? 'amazon-ads' : key), z.enum(PLATFORMS))
  .meta({ id: 'PlatformKey' })
export type PlatformKey = (typeof PLATFORMS)[number]
