import type { Json } from '../events.ts'

/** Ids are JSON numbers on this API and exceed 2^53: they are read as text, and written as the digits they are. */
const ID_FIELDS = new Set(['campaignId', 'adGroupId', 'adId', 'creativeId', 'targetId', 'profileId'])
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON

export const parseJson = (text: string): Json =>
  JSON.parse(text, (key, value: unknown, context?: { source?: string }) =>
    ID_FIELDS.has(key) && typeof value === 'number' ? (context?.source ?? String(value)) : value,
  ) as Json

export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) =>
    ID_FIELDS.has(key) && typeof part === 'string' && /^\d+$/.test(part) ? rawJson(part) : part,
  )
