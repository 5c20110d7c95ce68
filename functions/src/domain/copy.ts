/** Cuts at a word's end, with an ellipsis where something was left out; never longer than `max`. */
export function fitText(text: string, max: number): string {
  const clean = text.replace(/\s+/g, ' ').trim()
  if (clean.length <= max) return clean
  const cut = clean.slice(0, max - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.·-]+$/, '')}…`
}

/** The lengths that every platform shows in full. */
export const COPY_LIMITS = { primaryText: 500, headline: 40, description: 50 } as const

export interface CopyFacts {
  language: 'es' | 'en'
  title: string
  company: string | null
  place: string | null
  remote: boolean
}

/** Plain copy from facts alone: it claims nothing that the job does not say. */
export function templateCopy({ language, title, company, place, remote }: CopyFacts): CopyText {
  const es = language === 'es'
  const where = [place, remote ? (es ? 'remoto' : 'remote') : null].filter(Boolean).join(' · ')
  const who = company ? (es ? `${company} busca: ${title}.` : `${company} is hiring: ${title}.`) : `${title}.`
  const tail = es ? 'Conoce la vacante y postúlate.' : 'See the opening and apply.'
  return {
    primaryText: fitText([who, where ? `${where}.` : '', tail].filter(Boolean).join(' '), COPY_LIMITS.primaryText),
    headline: fitText(title, COPY_LIMITS.headline),
    description: fitText(where || (es ? 'Postúlate en línea' : 'Apply online'), COPY_LIMITS.description),
  }
}

export interface CopyText {
  primaryText: string
  headline: string
  description: string
}

/** Never in an advertisement that a model wrote: addresses of any kind, markup, promises. */
const FORBIDDEN = /https?:|www\.|@|<[a-z/!]|\bguarante|\bgarantiz/i

/** Whether copy of unknown origin may be shown: every part there, within its limit, and free of what is forbidden. */
export const isUsableCopy = (copy: CopyText): boolean =>
  (['primaryText', 'headline', 'description'] as const).every(
    (part) => copy[part].trim().length > 0 && copy[part].length <= COPY_LIMITS[part] && !FORBIDDEN.test(copy[part]),
  )
