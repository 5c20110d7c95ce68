import { decodeHTML } from 'entities'
import sanitizeHtml from 'sanitize-html'
import { DESCRIPTION_CHARS } from '#domain/job.ts'

/** SECURITY.md 6: what of HTML is kept. Everything else loses its tag and keeps its text; scripts and styles lose that too. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: ['p', 'br', 'ul', 'ol', 'li', 'b', 'strong', 'i', 'em', 'h2', 'h3', 'h4', 'a'],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['https', 'mailto'],
  allowProtocolRelative: false,
  nestingLimit: 64,
  transformTags: {
    div: 'p',
    h1: 'h2',
    h5: 'h4',
    h6: 'h4',
    a: (_, attributes) => ({
      tagName: 'a',
      attribs: { ...(attributes.href && { href: attributes.href }), rel: 'noopener nofollow ugc' },
    }),
  },
}

const looksLikeHtml = (text: string): boolean => /<\/?[a-z][^>]*>|&(#\d+|#x[\da-f]+|[a-z]+);/i.test(text)
const PLAIN_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Plain text becomes paragraphs; HTML is reduced to the allowlist. Applying it twice changes nothing. At most DESCRIPTION_CHARS. */
export function cleanHtml(raw: string): string {
  const text = raw.trim()
  if (!text) return ''
  const markup = looksLikeHtml(text) ? text : paragraphs(text)
  return shortened(settled(markup))
}

/** Unwrapping a tag may leave an empty paragraph or join two: repeated until nothing changes. */
function settled(markup: string): string {
  let clean = markup
  for (let round = 0; round < 4; round++) {
    const next = sanitizeHtml(clean, ALLOWED)
      .replace(/<p>(\s|&nbsp;|\u00a0)*<\/p>/g, '')
      .trim()
    if (next === clean) break
    clean = next
  }
  return clean === '' || clean.includes('<') ? clean : `<p>${clean}</p>`
}

/** Cutting the source, not the result, lets the sanitiser close what the cut left open. */
function shortened(clean: string): string {
  let result = clean
  for (let limit = DESCRIPTION_CHARS; result.length > DESCRIPTION_CHARS; limit -= 2000)
    result = settled(clean.slice(0, limit).replace(/<[^>]*$|&[^;\s]{0,30}$|[\ud800-\udbff]$/, ''))
  return result
}

const paragraphs = (text: string): string =>
  text
    .replace(/[&<>]/g, (character) => PLAIN_ESCAPES[character] ?? character)
    .split(/\r?\n\s*\r?\n/)
    .map((part) => `<p>${part.trim().replace(/\r?\n/g, '<br />')}</p>`)
    .join('')

/** Resolves HTML entities once: "&lt;p&gt;" -> "<p>". */
export const decodeEntities = (text: string): string => decodeHTML(text)
