import { z } from 'zod'

/** A foreign id: platforms send numbers as well; ours are strings. */
export const ForeignId = z.union([z.string().trim().min(1).max(500), z.int()]).transform(String)
export const ForeignTitle = z.string().trim().min(1, 'an opening needs a title').max(300)

/** A field that is welcome but not needed: of an unexpected type it is left among the unknown fields. */
export const maybe = <S extends z.ZodType>(schema: S) => schema.nullish().catch(undefined)

export const maybeText = maybe(z.string())
/** `{name}` or `{label}` objects, of which only the name is wanted. */
export const maybeNamed = maybe(z.looseObject({ name: maybeText, label: maybeText }))
export const nameOf = (named: z.infer<typeof maybeNamed>): string | null => named?.label ?? named?.name ?? null

/** The record without those fields that were understood; what did not parse stays, as it came. */
export function unread(record: object, parsed: object, fields: readonly string[]): Record<string, unknown> {
  const understood = new Map(Object.entries(parsed))
  return Object.fromEntries(
    Object.entries(record).filter(
      ([field, value]) => !fields.includes(field) || (understood.get(field) === undefined && value !== null),
    ),
  )
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A record as it lies in its document. */
export interface RawRecord {
  /** JSON pointer inside the document. */
  at: string
  value: unknown
  /** How many records of the document this one stands for (Workable lists an opening once per place). */
  count: number
}

/** The elements of a list with their pointers. */
export const listed = (values: readonly unknown[], pointer: string): RawRecord[] =>
  values.map((value, index) => ({ at: `${pointer}/${index}`, value, count: 1 }))

/** The records of a list below `field` of an object; undefined where there is no such list. */
export function listIn(document: unknown, field: string): RawRecord[] | undefined {
  if (!isRecord(document)) return undefined
  const list = document[field]
  return Array.isArray(list) ? listed(list, `/${field}`) : undefined
}

export const single = (value: unknown): RawRecord[] => [{ at: '', value, count: 1 }]

/** True where the first record of a list has all of these fields. */
export function firstHas(list: unknown, ...fields: string[]): boolean {
  const first = Array.isArray(list) ? list[0] : undefined
  return isRecord(first) && fields.every((field) => field in first)
}
