import type { Incoming } from '../net/answer.ts'
import { text, type World } from '../world.ts'
import { GraphError, notImitated } from './errors.ts'
import { formParams, jsonParams, type Params } from './params.ts'

/** A request of the Graph API as it was read, before anyone was asked who sends it. */
export interface GraphRequest {
  method: string
  version: number
  path: string[]
  params: Params
  authorization: string | undefined
  correlation: string | null
}

const CORRELATION = ['x-correlation-id', 'x-request-id', 'traceparent']

export function readRequest(world: World, incoming: Incoming): GraphRequest {
  const { path, version, query } = readPath(world, incoming.url)
  const type = incoming.headers['content-type'] ?? ''
  const body = incoming.body.toString('utf8')
  let params: Params = formParams(query)
  if (type.startsWith('multipart/')) throw notImitated('A multipart body')
  if (body !== '') params = { ...params, ...(type.includes('json') ? jsonParams(body) : formParams(body)) }
  // Any call may be made as a POST that names its method, as the platform allows.
  const override = text(params.method).toUpperCase()
  const method = incoming.method === 'POST' && ['GET', 'DELETE'].includes(override) ? override : incoming.method
  const header = CORRELATION.map((name) => incoming.headers[name]).find((value) => typeof value === 'string')
  return {
    method,
    version,
    path,
    params,
    authorization: incoming.headers.authorization,
    correlation: typeof header === 'string' ? header : null,
  }
}

/** Path and version of an address; without a version the oldest that is answered, or the batch's own. */
export function readPath(
  world: World,
  url: string,
  fallback?: number,
): { path: string[]; version: number; query: string } {
  const [location = '', query = ''] = url.split('?')
  const path = location.split('/').filter(Boolean).map(decoded)
  const given = /^v(\d+)\.\d+$/.exec(path[0] ?? '')
  if (given) path.shift()
  const { versions } = world.settings
  const name = given ? given[0] : `v${fallback ?? Number.parseInt(versions[0]?.slice(1) ?? '24', 10)}.0`
  if (!versions.includes(name))
    throw new GraphError(
      2635,
      `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${versions[versions.length - 1]}.`,
    )
  return { path, version: Number.parseInt(name.slice(1), 10), query }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new GraphError(2500, `Unknown path components: /${part}`)
  }
}
