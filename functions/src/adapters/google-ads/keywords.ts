import type { Keyword } from './tree.ts'

/** Limits of a keyword, and of what one ad group is worth having. */
const LETTERS = 80
const WORDS = 10
const MOST = 20

/** What people type beside a job's name. */
const SEARCHED = { es: ['empleo', 'trabajo', 'vacante'], en: ['jobs', 'job', 'vacancy'] } as const

/** Letters that Google refuses, and those that mean something in its own notation. */
const clean = (words: string): string =>
  words
    // Nobody types the other gender of "enfermero(a)", "enfermero/a" or "consultor(-a)".
    .replace(/(?<=\p{L})(\s?\(-?(a|as|o|os|e|es)\)|\/(a|as|o|os)(?!\p{L}))/giu, '')
    .replace(/[!@%^*={};~`<>?\\|()[\],"“”«»/:]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

const fits = (words: string): boolean => words !== '' && words.length <= LETTERS && words.split(' ').length <= WORDS

interface Wanted {
  language: 'es' | 'en'
  title: string
  skills: readonly string[]
  cities: readonly string[]
}

export interface Keywords {
  keywords: Keyword[]
  /** Skills of which no keyword could be made. */
  unusable: string[]
}

/** Searches for the job itself as phrases, and for work with its skills broadly: a skill alone would bring people who want to learn it. */
export function keywordsFor({ language, title, skills, cities }: Wanted): Keywords {
  const searched = SEARCHED[language]
  const [word] = searched
  const named = clean(title)
  const found: Keyword[] = []
  const put = (words: string, match: Keyword['match']): boolean => {
    const text = clean(words)
    if (!fits(text) || found.some((known) => known.text === text)) return fits(text)
    found.push({ text, match })
    return true
  }
  const beside = (what: string, by: string): string => (language === 'es' ? `${by} ${what}` : `${what} ${by}`)
  // A title longer than a keyword may be is searched for by its first words.
  const short = named
    .split(' ')
    .slice(0, WORDS - 2)
    .join(' ')
  put(short, 'PHRASE')
  for (const by of searched) put(beside(short, by), 'PHRASE')
  for (const city of cities.slice(0, 3)) put(`${beside(short, word)} ${city}`, 'PHRASE')
  const unusable = skills.filter((skill) => !put(beside(skill, word), 'BROAD'))
  return { keywords: found.slice(0, MOST), unusable }
}
