import { parse } from '@cdktf/hcl2json'
import type { Arguments, ProviderSchema } from '../../scripts/terraform-schema.ts'

type Body = Record<string, unknown>
type Blocks = Record<string, Record<string, Body[]>>
export type Configuration = {
  resource?: Blocks
  data?: Blocks
  variable?: Record<string, unknown>
  locals?: Body[]
  [other: string]: unknown
}

/** Arguments that terraform itself understands on any resource. */
const META = ['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection', 'timeouts']

/** Parses .tf texts as one module. Throws with the file's name where the syntax is wrong. */
export async function parseModule(files: Record<string, string>): Promise<Configuration[]> {
  return Promise.all(Object.entries(files).map(([name, text]) => parse(name, text) as Promise<Configuration>))
}

const asBodies = (value: unknown): Body[] =>
  (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'object' && each !== null)

/** What is wrong with a module's Google resources: unknown types and arguments, and required ones that are absent. */
export function argumentMistakes(module: readonly Configuration[], schema: ProviderSchema): string[] {
  return resources(module)
    .filter(({ type }) => type.startsWith('google_'))
    .flatMap(({ type, name, body }) => {
      const known = schema.resources[type]
      return known ? bodyMistakes(`${type}.${name}`, body, known, META) : [`${type}: no such resource type`]
    })
}

function bodyMistakes(path: string, body: Body, known: Arguments, meta: readonly string[]): string[] {
  const dynamic = (body.dynamic ?? {}) as Record<string, Body[]>
  const given = [
    ...Object.entries(body).filter(([name]) => name !== 'dynamic' && !meta.includes(name)),
    ...Object.entries(dynamic).map(
      ([name, blocks]) => [name, blocks.flatMap((each) => asBodies(each.content))] as const,
    ),
  ]
  const wrong = given.flatMap(([name, value]) => {
    const argument = known[name]
    if (!argument) return [`${path}.${name}: no such argument`]
    return argument.block
      ? asBodies(value).flatMap((each) => bodyMistakes(`${path}.${name}`, each, argument.block ?? {}, []))
      : []
  })
  const names = given.map(([name]) => name)
  const absent = Object.keys(known).filter((name) => known[name]?.required && !names.includes(name))
  return [...wrong, ...absent.map((name) => `${path}: ${name} is required`)]
}

/** Every resource of a module. */
export const resources = (module: readonly Configuration[]): { type: string; name: string; body: Body }[] =>
  flatten(module, 'resource')

const flatten = (module: readonly Configuration[], kind: 'resource' | 'data') =>
  module.flatMap((file) =>
    Object.entries(file[kind] ?? {}).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, bodies]) => bodies.map((body) => ({ type, name, body }))),
    ),
  )

/** References (`var.x`, `local.x`, `google_y.z`, `data.y.z`) to what the module does not declare. */
export function danglingReferences(module: readonly Configuration[]): string[] {
  const declared = new Set([
    ...module.flatMap((file) => Object.keys(file.variable ?? {}).map((name) => `var.${name}`)),
    ...module.flatMap((file) =>
      (file.locals ?? []).flatMap((each) => Object.keys(each).map((name) => `local.${name}`)),
    ),
    ...flatten(module, 'resource').map(({ type, name }) => `${type}.${name}`),
    ...flatten(module, 'data').map(({ type, name }) => `data.${type}.${name}`),
  ])
  const text = expressions(module).join('\n')
  const used = [...text.matchAll(/(?<![\w.-])(?:var\.\w+|local\.\w+|data\.\w+\.\w+|google_\w+\.\w+)/g)].map(
    ([reference]) => reference,
  )
  return [...new Set(used)].filter((reference) => !declared.has(reference)).sort()
}

/** Only what stands between ${ and } is an expression; the rest is text, where a word may look like a reference. */
function expressions(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('${') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(expressions)
}
