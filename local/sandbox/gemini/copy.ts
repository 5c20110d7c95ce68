import { CITIES } from '../data/places.ts'
import { plain } from '../data/plain.ts'
import { hashText, uniform } from '../random.ts'

/** What a prompt is about, as far as it can be read from it. */
export interface PromptBrief {
  title: string
  company: string
  city: string
  language: 'es' | 'en'
  prompt: string
}

export interface Copy {
  text: string
  /** By the words that field names contain. */
  fields: { headline: string; primary_text: string; description: string; call_to_action: string }
  seed: number
}

const SPANISH = /\b(el|la|los|las|para|puesto|empresa|vacante|ciudad|anuncio|espanol|redacta|escribe|titulo|oferta)\b/g
const ENGLISH = /\b(the|for|job|company|city|write|ad|title|english|position|role|opening)\b/g

export function briefOf(prompt: string): PromptBrief {
  const flat = plain(prompt)
  const explicit = /\b(language|idioma|locale)\b\W{0,4}(es|en|spanish|english|espanol|ingles)/.exec(flat)?.[2]
  const counted = (flat.match(SPANISH)?.length ?? 0) >= (flat.match(ENGLISH)?.length ?? 0)
  const spanish = explicit ? /^(es|sp)/.test(explicit) : counted
  return {
    title:
      labelled(prompt, ['job title', 'title', 'puesto', 'cargo', 'título', 'titulo', 'vacante', 'role', 'position']) ??
      '',
    company: labelled(prompt, ['company', 'employer', 'empresa', 'compañía', 'organization']) ?? '',
    city:
      labelled(prompt, ['city', 'location', 'ciudad', 'ubicación', 'ubicacion', 'lugar', 'place']) ??
      cityIn(flat) ??
      '',
    language: spanish ? 'es' : 'en',
    prompt,
  }
}

/** The value after "Title:" or in `"title": "…"`. */
function labelled(prompt: string, labels: readonly string[]): string | undefined {
  for (const label of labels) {
    const match = new RegExp(`["']?\\b${label}\\b["']?\\s*[:=]\\s*["']?([^"'\\n;|<>{}]{2,80})`, 'i').exec(prompt)
    const value = match?.[1]?.replace(/[,.]\s*$/, '').trim()
    if (value) return value
  }
  return undefined
}

const cityIn = (flat: string): string | undefined =>
  [...CITIES.values()].find((city) => city.names.some((name) => flat.includes(` ${plain(name)}`)))?.name

export function adCopy(seed: string, brief: PromptBrief): Copy {
  const draw = hashText(`${seed}/copy/${brief.prompt}`)
  const pick = (list: readonly string[], n: number): string => list[Math.floor(uniform(draw, n) * list.length)] ?? ''
  const es = brief.language === 'es'
  const title = brief.title || (es ? 'Nueva vacante' : 'New opening')
  const at = brief.company ? (es ? ` en ${brief.company}` : ` at ${brief.company}`) : ''
  const where = brief.city ? (es ? ` en ${brief.city}` : ` in ${brief.city}`) : ''
  const headline = pick(
    es
      ? [`${title}: postúlate`, `Buscamos ${title}`, title]
      : [`${title}: apply now`, `We are hiring: ${title}`, title],
    1,
  )
  const opening = pick(
    es
      ? [`Buscamos ${title}${at}${where}.`, `¿Tu próximo paso? ${title}${at}${where}.`]
      : [`We are looking for a ${title}${at}${where}.`, `Your next step? ${title}${at}${where}.`],
    2,
  )
  const body = pick(
    es
      ? [
          'Contrato estable, formación y un equipo que acompaña.',
          'Horario claro, crecimiento y buen ambiente de trabajo.',
        ]
      : ['A stable contract, training and a team that supports you.', 'Clear hours, growth and a good place to work.'],
    3,
  )
  const closing = es ? 'Postúlate en dos minutos.' : 'Apply in two minutes.'
  const fields = {
    headline,
    primary_text: `${opening} ${body} ${closing}`,
    description: pick(es ? ['Postulación rápida', 'Conoce la oferta'] : ['Quick application', 'See the job'], 4),
    call_to_action: 'APPLY_NOW',
  }
  return { fields, text: `${fields.headline}\n\n${fields.primary_text}`, seed: draw }
}
