/** One field of what is sent, before and after; null = it is not there. */
export interface FieldChange {
  /** Dotted, as in the payload: `targeting.geo_locations.countries`. */
  path: string
  before: string | null
  after: string | null
}

type Fields = Readonly<Record<string, unknown>>

/** The fields in which two payloads differ, in the order in which they are sent. */
export function payloadChanges(before: Fields | null, after: Fields | null): FieldChange[] {
  const [was, is] = [leavesOf(before ?? {}), leavesOf(after ?? {})]
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((path) => {
    const change = { path, before: was.get(path) ?? null, after: is.get(path) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

function leavesOf(fields: Fields, above = ''): Map<string, string> {
  return new Map(
    Object.entries(fields).flatMap(([key, value]): [string, string][] => {
      const path = above ? `${above}.${key}` : key
      return isFields(value) ? [...leavesOf(value, path)] : [[path, leafText(value)]]
    }),
  )
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list by the names of its items: cities and interests carry theirs beside the platform's number. */
function leafText(value: unknown): string {
  if (Array.isArray(value)) return value.map(itemText).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function itemText(item: unknown): string {
  if (!isFields(item)) return leafText(item)
  const name = item.name ?? item.key ?? item.id
  return typeof name === 'string' || typeof name === 'number' ? String(name) : JSON.stringify(item)
}

/** The level and the rest of a reference to an object of the same plan: `{creative:9f3a}`. */
export function referred(text: string): { level: string; rest: string } | null {
  const [, level, rest = ''] = /^\{([a-z-]+)(?::(.*))?\}$/.exec(text) ?? []
  return level === undefined ? null : { level, rest }
}
