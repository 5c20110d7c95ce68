import type { Json } from '../events.ts'
import { GraphError } from './errors.ts'

/** A call's parameters: query and body together, JSON texts already read. Numbers beyond 2^53 are kept as text. */
export type Params = { readonly [name: string]: Json }

/** `a=1&b={"c":2}`: values that are JSON lists, objects or booleans are read, all else stays text. */
export function formParams(text: string): Params {
  const found: Record<string, Json> = {}
  for (const [name, value] of new URLSearchParams(text)) found[name] = readValue(value)
  return found
}

/** A JSON body; ids written as bare numbers keep all their digits. */
export function jsonParams(text: string): Params {
  let value: Json
  try {
    value = readJson(text)
  } catch {
    throw new GraphError(100, '(#100) The request body is not valid JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GraphError(100, '(#100) The request body must be a JSON object')
  return value
}

/** `fields=id,name` and `fields=["id","name"]` and nested `creative{id}`, as a tree. */
export function fieldTree(value: Json | undefined): Map<string, Map<string, unknown>> | undefined {
  if (value === undefined || value === '') return undefined
  const source = Array.isArray(value) ? value.join(',') : String(value)
  const root = new Map<string, Map<string, unknown>>()
  const stack: Map<string, unknown>[] = [root]
  let name = ''
  const flush = (): Map<string, unknown> | undefined => {
    const key = name.replace(/\..*$/, '').trim()
    name = ''
    if (key === '') return undefined
    const branch = new Map<string, unknown>()
    stack[stack.length - 1]?.set(key, branch)
    return branch
  }
  for (const char of source) {
    if (char === ',') flush()
    else if (char === '{') stack.push(flush() ?? new Map())
    else if (char === '}') {
      flush()
      stack.pop()
      if (stack.length === 0) throw new GraphError(2500, `Syntax error "Expected end of string" in fields: ${source}`)
    } else name += char
  }
  flush()
  if (stack.length !== 1) throw new GraphError(2500, `Syntax error "Expected }" in fields: ${source}`)
  return root
}

export const isTrue = (value: Json | undefined): boolean =>
  value === true || value === 'true' || value === 1 || value === '1'

function readValue(value: string): Json {
  if (!/^\s*[[{"]|^(true|false)$/.test(value)) return value
  try {
    return readJson(value)
  } catch {
    return value
  }
}

function readJson(text: string): Json {
  return JSON.parse(text, (_key, value: Json, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? (context?.source ?? value)
      : value,
  ) as Json
}
