import type { z } from 'zod'
import { EMPLOYMENT_TYPES, type EmploymentType, type Remote } from '../job.ts'
import { plain } from './text.ts'

type Employment = z.infer<typeof EmploymentType>
type RemoteKind = z.infer<typeof Remote>

/** The first that is found decides: an internship may be full time, and "full time contract" is a contract. */
const WORDS: [Employment, RegExp][] = [
  [
    'INTERN',
    /\b(intern|internship|practica|practicas|practicante|pasantia|pasante|aprendizaje|aprendiz|becari[oa]|trainee)\b/,
  ],
  ['VOLUNTEER', /\b(volunteer|volunteering|voluntari[oa]|voluntariado)\b/],
  ['PER_DIEM', /\b(per diem|por dia|jornal)\b/],
  [
    'CONTRACTOR',
    /\b(contractor|freelance|freelancer|independent|prestacion de servicios|honorarios|autonomo|contract)\b/,
  ],
  [
    'TEMPORARY',
    /\b(temporary|temp|seasonal|temporal|eventual|ocasional|obra o labor|fixed term|termino fijo|temporada)\b/,
  ],
  ['PART_TIME', /\b(part time|parttime|tiempo parcial|medio tiempo|media jornada|jornada parcial|por horas|parcial)\b/],
  ['FULL_TIME', /\b(full time|fulltime|tiempo completo|jornada completa|completo|permanent|regular|indefinid[oa])\b/],
]

/** schema.org employment type of a source's words ("Full-time", "FullTime", "Contrato a término fijo / Tiempo Completo"). */
export function employmentType(text: string | null | undefined): Employment | null {
  if (!text) return null
  const exact = EMPLOYMENT_TYPES.find((type) => type === text.trim().toUpperCase())
  if (exact) return exact
  const words = plain(text.replace(/([a-z])([A-Z])/g, '$1 $2'))
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? (words ? 'OTHER' : null)
}

/** Where the work is done, from a source's words; null where they do not say. */
export function remoteKind(text: string | null | undefined): RemoteKind | null {
  const words = plain((text ?? '').replace(/([a-z])([A-Z])/g, '$1 $2'))
  if (/\b(hybrid|hibrid[oa]|mixt[oa]|semipresencial)\b/.test(words)) return 'hybrid'
  if (
    /\b(remote|remot[oa]|telecommute|telecommuting|teletrabajo|home office|homeoffice|a distancia|desde casa)\b/.test(
      words,
    )
  )
    return 'remote'
  return /\b(on ?site|in office|presencial)\b/.test(words) ? 'onsite' : null
}
