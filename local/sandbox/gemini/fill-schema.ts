import type { Fields, Json } from '../events.ts'
import { uniform } from '../random.ts'
import { items, members, text } from '../world.ts'
import type { Copy } from './copy.ts'

/** A value for a response schema (OpenAPI or JSON Schema spelling), its texts taken from the copy by the names of fields. */
export function fillSchema(schema: Fields, copy: Copy, name: string, index = 0): Json {
  const choices = items(schema.enum)
  if (choices.length > 0) return choices[Math.floor(uniform(copy.seed, index + 11) * choices.length)] ?? null
  const first = items(schema.anyOf)[0] ?? items(schema.oneOf)[0]
  if (first !== undefined) return fillSchema(members(first), copy, name, index)
  switch (text(schema.type).toLowerCase() || (schema.properties ? 'object' : 'string')) {
    case 'object':
      return Object.fromEntries(
        Object.entries(members(schema.properties)).map(([key, inner]) => [
          key,
          fillSchema(members(inner), copy, key, index),
        ]),
      )
    case 'array': {
      const least = Number(schema.minItems ?? 1)
      const most = Number(schema.maxItems ?? Math.max(3, least))
      const count = Math.max(least, Math.min(most, 3))
      return Array.from({ length: count }, (_, i) => fillSchema(members(schema.items), copy, name, i))
    }
    case 'integer':
    case 'number': {
      const low = Number(schema.minimum ?? 1)
      const high = Number(schema.maximum ?? Math.max(low, 10))
      return Math.floor(low + uniform(copy.seed, index + 23) * (high - low + 1))
    }
    case 'boolean':
      return uniform(copy.seed, index + 31) < 0.5
    default:
      return within(textFor(copy, name, index), schema)
  }
}

function textFor(copy: Copy, name: string, index: number): string {
  const { headline, primary_text, description, call_to_action } = copy.fields
  const key = name.toLowerCase()
  if (/headline|title|titulo|titular/.test(key)) return index === 0 ? headline : `${headline} (${index + 1})`
  if (/call|cta|boton/.test(key)) return call_to_action
  if (/descri|subtitle|link_text/.test(key)) return description
  if (/primary|body|message|text|texto|cuerpo|copy/.test(key)) return primary_text
  return index === 0 ? headline : `${headline} (${index + 1})`
}

/** Never longer than the schema allows, and never cut inside a word where one can be dropped whole. */
function within(value: string, schema: Fields): string {
  const most = Number(schema.maxLength ?? Number.POSITIVE_INFINITY)
  if (value.length <= most) return value
  const cut = value.slice(0, most + 1)
  const space = cut.lastIndexOf(' ')
  return space > 0 ? cut.slice(0, space) : value.slice(0, most)
}
