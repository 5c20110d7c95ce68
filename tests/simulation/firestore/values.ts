import { Timestamp } from '@google-cloud/firestore'

export type Data = Record<string, unknown>

/** A copy without what is undefined, as the client with `ignoreUndefinedProperties` would send it. */
export function copy<T>(value: T): T {
  if (value === null || typeof value !== 'object' || value instanceof Timestamp) return value
  if (Array.isArray(value)) return value.map(copy) as T
  const result: Data = {}
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) result[key] = copy(inner)
  return result as T
}

export function at(data: Data, path: string): unknown {
  let value: unknown = data
  for (const part of path.split('.')) value = (value as Data | undefined | null)?.[part]
  return value
}

/** A copy of `data` with each dotted path set. */
export function withPaths(data: Data, changes: Data): Data {
  const result = copy(data)
  for (const [path, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const parts = path.split('.')
    const last = parts.pop() ?? path
    let target = result
    for (const part of parts) {
      const inner = target[part]
      if (inner === null || typeof inner !== 'object') target[part] = {}
      target = target[part] as Data
    }
    target[last] = copy(value)
  }
  return result
}

const rank = (value: unknown): number =>
  value === null
    ? 0
    : typeof value === 'boolean'
      ? 1
      : typeof value === 'number'
        ? 2
        : value instanceof Timestamp
          ? 3
          : typeof value === 'string'
            ? 4
            : 5

const plain = (value: unknown): string | number | boolean =>
  value instanceof Timestamp
    ? value.toMillis()
    : typeof value === 'object'
      ? JSON.stringify(value)
      : (value as string | number | boolean)

/** Firestore's order: by type, then by value. */
export function compare(a: unknown, b: unknown): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  const [x, y] = [plain(a), plain(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/** A range filter compares within one type alone. */
export const sameType = (a: unknown, b: unknown): boolean => rank(a) === rank(b)
