import type { Made } from '#functions/ports/index.ts'

/** Puts the ids made so far where the plan's payload names them: "{campaign}" becomes its id. */
export function fillIds(value: unknown, made: Made): unknown {
  if (typeof value === 'string') {
    const key = /^\{([a-z0-9:_-]+)\}$/i.exec(value)?.[1]
    return key && key in made ? made[key] : value
  }
  if (Array.isArray(value)) return value.map((item) => fillIds(item, made))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fillIds(v, made)]))
  return value
}

/** Ids of everything made at a level: its one step, or one per key ("ad", "ad:seg_1"). */
export const idsOf = (made: Made, level: string): string[] =>
  Object.entries(made).flatMap(([key, id]) => (key === level || key.startsWith(`${level}:`) ? [id] : []))
