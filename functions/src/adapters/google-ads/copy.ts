import type { Campaign } from '#domain/campaign.ts'
import { fitText } from '#domain/copy.ts'
import type { Job } from '#domain/job.ts'
import type { SearchAd } from './tree.ts'

const HEADLINE = 30
const DESCRIPTION = 90
const PATH = 15
const MOST_HEADLINES = 15
const MOST_DESCRIPTIONS = 4

/** Letters that take two places. Source: Google Ads Help, About text ads: double-width languages. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/

const STANDING = {
  es: {
    headlines: ['Postúlate hoy', 'Conoce la vacante', 'Postúlate en línea'],
    descriptions: ['Conoce la vacante y postúlate en línea.', 'Lee los requisitos y envía tu postulación.'],
    at: (company: string) => `Trabaja en ${company}`,
    in: (place: string) => `Empleo en ${place}`,
    with: (skill: string) => `Empleo: ${skill}`,
    path: 'empleo',
  },
  en: {
    headlines: ['Apply today', 'See the opening', 'Apply online'],
    descriptions: ['See the opening and apply online.', 'Read what it takes and send your application.'],
    at: (company: string) => `Work at ${company}`,
    in: (place: string) => `Jobs in ${place}`,
    with: (skill: string) => `Jobs: ${skill}`,
    path: 'jobs',
  },
} as const

/** Fitted at a word's end; undefined where that would cut a word in two. */
function whole(text: string, max: number): string | undefined {
  const clean = text.replace(/[!¡]/g, '').replace(/\s+/g, ' ').trim()
  const fitted = fitText(clean, WIDE.test(clean) ? Math.floor(max / 2) : max)
  if (fitted === clean) return clean || undefined
  const kept = fitted.slice(0, -1)
  return /^[\s,;:.·-]/.test(clean.slice(kept.length)) ? fitted : undefined
}

/** Distinct texts that fit, in order of worth. */
function distinct(candidates: readonly (string | null | undefined)[], max: number, most: number): string[] {
  const found = new Map<string, string>()
  for (const candidate of candidates) {
    const text = candidate ? whole(candidate, max) : undefined
    if (text && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), text)
  }
  return [...found.values()].slice(0, most)
}

interface Facts {
  campaign: Campaign
  job: Job
  language: 'es' | 'en'
  /** What the audience has in common. */
  skills: readonly string[]
  cities: readonly string[]
  finalUrl: string
}

/** An ad from the campaign's copy, the job's facts and what its audience has in common; it claims nothing beyond them. */
export function searchAd({ campaign, job, language, skills, cities, finalUrl }: Facts): SearchAd {
  const words = STANDING[language]
  const { headline, primaryText, description } = campaign.creative
  const places = [...cities, ...job.places.flatMap(({ city }) => city ?? [])]
  const [place] = places
  const headlines = [
    headline,
    job.title,
    ...(job.company ? [words.at(job.company)] : []),
    ...places.slice(0, 3).map(words.in),
    ...skills.slice(0, 5).map(words.with),
    ...words.headlines,
  ]
  const facts = [job.title, job.company, place].filter(Boolean).join(' · ')
  return {
    finalUrl,
    headlines: distinct(headlines, HEADLINE, MOST_HEADLINES),
    descriptions: distinct([primaryText, facts, description, ...words.descriptions], DESCRIPTION, MOST_DESCRIPTIONS),
    path1: words.path,
    path2: pathOf(place ?? ''),
  }
}

/** Part of the address that is shown: letters, digits and hyphens, or none where it does not fit. */
function pathOf(place: string): string {
  const path = place
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return path.length <= PATH ? path : ''
}
