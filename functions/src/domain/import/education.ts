import { EDUCATION_LEVELS, type EducationLevel } from '../candidate.ts'
import { plain } from '../ingest/text.ts'
import { listOf, quoted, type Read, read, textOf, unread } from './value.ts'

/** Highest first: "Licenciatura y maestría" is a master's. Over the plain form of the text. */
const WORDS: [EducationLevel, RegExp][] = [
  ['doctorate', /\b(ph ?d|doctor|doctorate|doctorado|doctoral)\b/],
  [
    'master',
    /\b(masters?|master s|maestria|magister|mba|m ?sc|m ?tech|m ?a|m ?e|m ?s|mca|post ?grad(uate|o)?|posgrado|especiali[sz]aci[oó]n|especialista)\b/,
  ],
  // Both carry a word of the level above.
  ['technical', /\b(tecnic[oa] (profesional|laboral)|formacion profesional)\b/],
  [
    'bachelor',
    /\b(bachelors?|bachelor s|graduates?|graduado|licenciad[oa]|licenciatura|profesional|universitari[oa]|universidad|university|college degree|ingenier[oa]|ingenieria|pregrado|grado|b ?sc|b ?tech|b ?a|b ?e|b ?s|b ?com|bca|undergraduate)\b/,
  ],
  [
    'technical',
    /\b(tecnic[oa]|tecnolog[oa]|tecnologia|technical|technician|vocational|associates?|associate s|diploma|fp|some college|bootcamp)\b/,
  ],
  ['secondary', /\b(high school|secondary|secundaria|bachiller|bachillerato|preparatoria|media|ged|eso|hsc|ssc)\b/],
  ['primary', /\b(primary|primaria|elementary|basica)\b/],
  ['none', /\b(none|ningun[oa]?|sin estudios|no schooling|no formal)\b/],
]

/** Years at school -> level, by the usual length of each. */
const BY_YEARS: [fromYears: number, EducationLevel][] = [
  [20, 'doctorate'],
  [18, 'master'],
  [16, 'bachelor'],
  [13, 'technical'],
  [9, 'secondary'],
  [1, 'primary'],
  [0, 'none'],
]

const REMEDY = `Use one of ${EDUCATION_LEVELS.join(', ')}, a usual degree in English or Spanish, or years at school.`

/** The highest level that the text names. Null where nothing is said. */
export function readEducation(value: unknown): Read<EducationLevel | null> {
  const text = textOf(Array.isArray(value) ? value.join('; ') : value)
  if (text === null) return read(null)
  const years = Number(text.replace(',', '.'))
  if (!Number.isNaN(years)) {
    const level = years <= 30 ? BY_YEARS.find(([from]) => years >= from)?.[1] : undefined
    return level ? read(level) : unread(`${quoted(text)} is no number of years at school`, REMEDY)
  }
  const named = listOf(text).map(plain)
  const found = WORDS.find(([level, pattern]) => named.some((name) => name === level || pattern.test(name)))
  return found ? read(found[0]) : unread(`${quoted(text)} is no level of education`, REMEDY)
}
