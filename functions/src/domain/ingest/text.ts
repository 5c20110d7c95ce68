/** One line: white space collapsed, control characters gone, cut at `limit` characters without splitting one in two. */
export function clip(text: string, limit: number): string {
  const line = text.replace(/[\p{Cc}\u200b\ufeff\s]+/gu, ' ').trim()
  if (line.length <= limit) return line
  return line
    .slice(0, limit)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
}

/** Lower case without accents and punctuation: what names are compared by. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** An absolute http(s) address, or null. */
export function webUrl(text: string | null | undefined): string | null {
  if (!text) return null
  const found = URL.parse(text.trim())
  if (!found || !/^https?:$/.test(found.protocol) || found.username || text.length > 2000) return null
  return found.href.length > 2000 ? null : found.href
}
