/** Ids are JSON numbers on this API and may exceed 2^53: they are read as text and written as the digits they are. */
const ID_FIELDS = new Set(['campaignId', 'adGroupId', 'adId', 'creativeId', 'targetId', 'profileId'])
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON

/** undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown, context?: { source?: string }) =>
      ID_FIELDS.has(key) && typeof value === 'number' ? (context?.source ?? String(value)) : value,
    )
  } catch {
    return undefined
  }
}

export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) =>
    ID_FIELDS.has(key) && typeof part === 'string' && /^\d+$/.test(part) ? rawJson(part) : part,
  )
