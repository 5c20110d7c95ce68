/** A value that cannot be taken, and how to mend it; the record it stands in is rejected. */
export interface Unread {
  message: string
  remedy: string
}

export type Read<T> = { value: T } | { unread: Unread }

export const read = <T>(value: T): Read<T> => ({ value })
export const unread = (message: string, remedy: string): { unread: Unread } => ({ unread: { message, remedy } })

/** How exports write "nothing here". */
const NOTHING = /^(|null|nan|n\/?a|nil|undefined|-+|\?+|unknown|desconocid[oa]|sin dato|no aplica|not applicable)$/i

/** A cell or JSON value as trimmed text; null where it says nothing. Throws nothing: objects become their JSON. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = (
    typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
  ).trim()
  return NOTHING.test(text) ? null : text
}

export const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** "a; b", "a|b", "a, b", a list, or the JSON text of one; commas separate only where nothing stronger does. */
export function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textOf(item) ?? [])
  const text = textOf(value)
  if (text === null) return []
  if (text.startsWith('[')) {
    try {
      const items: unknown = JSON.parse(text)
      if (Array.isArray(items)) return listOf(items)
    } catch {
      // Not JSON after all: it is split like any other text.
    }
  }
  const separator = /[;|\n]/.test(text) ? /[;|\n]/ : /,/
  return text.split(separator).flatMap((item) => textOf(item) ?? [])
}
