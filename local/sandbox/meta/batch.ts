import type { Json } from '../events.ts'
import { members, text } from '../world.ts'
import { GraphError } from './errors.ts'
import { formParams, isTrue, type Params } from './params.ts'

/** One answer inside a batch, before it is written as text. */
export interface PartAnswer {
  status: number
  body: string
  headers: Record<string, string>
  /** The connection is to be cut instead of answered. */
  cut?: boolean
}

export interface Part {
  method: string
  url: string
  params: Params
}

const MOST = 50

/**
 * POST / with `batch`: at most 50 calls, one after another, each counted and answered by itself. Not atomic: what was created
 * before a failure stays. https://developers.facebook.com/docs/graph-api/batch-requests
 */
export async function runBatch(
  params: Params,
  run: (part: Part) => Promise<PartAnswer>,
): Promise<{ parts: Json[]; cut: boolean }> {
  const given = params.batch
  const operations = Array.isArray(given) ? given : undefined
  if (!operations) throw new GraphError(100, '(#100) Param batch must be an array')
  if (operations.length > MOST)
    throw new GraphError(100, `Too many requests in batch message. Maximum batch size is ${MOST}`, { subcode: 1487534 })
  const withHeaders = params.include_headers === undefined || isTrue(params.include_headers)
  const named = new Map<string, Json | undefined>()
  const adsetsOf = new Set<string>()
  const parts: Json[] = []
  let cut = false
  for (const operation of operations.map(members)) {
    const name = text(operation.name)
    const part = partOf(operation, named)
    if (!part) {
      parts.push(null)
      if (name) named.set(name, undefined)
      continue
    }
    const answer = twice(part, adsetsOf) ?? (await run(part))
    cut ||= answer.cut === true
    const ok = answer.status === 200
    if (name) named.set(name, ok ? (JSON.parse(String(answer.body)) as Json) : undefined)
    const silent = ok && name !== '' && !isFalse(operation.omit_response_on_success)
    const headers = Object.entries(answer.headers).map(([key, value]) => ({ name: key, value }))
    parts.push(silent ? null : { code: answer.status, ...(withHeaders ? { headers } : {}), body: answer.body })
  }
  return { parts, cut }
}

/** undefined when it depends on a call that failed. */
function partOf(operation: { readonly [key: string]: Json }, named: Map<string, Json | undefined>): Part | undefined {
  const depends = text(operation.depends_on)
  if (depends && named.has(depends) && named.get(depends) === undefined) return undefined
  let missing = false
  const fill = (source: string): string =>
    source.replace(/\{result=([^:}]+):\$\.([^}]+)\}/g, (_whole, name: string, path: string) => {
      const value = named.get(name)
      if (value === undefined) missing = true
      return value === undefined ? '' : follow(value, path)
    })
  const url = fill(text(operation.relative_url))
  const body = fill(text(operation.body))
  if (missing) return undefined
  const query = formParams(url.split('?')[1] ?? '')
  return { method: text(operation.method).toUpperCase() || 'GET', url, params: { ...query, ...formParams(body) } }
}

/** The JSONPath that batches are written with: names, indexes and `*`, which joins with commas. */
function follow(value: Json, path: string): string {
  let found: Json[] = [value]
  for (const step of path
    .replace(/\[(\d+|\*)\]/g, '.$1')
    .split('.')
    .filter(Boolean))
    found = found.flatMap((item) => {
      if (step === '*') return Array.isArray(item) ? item : Object.values(members(item))
      const next = Array.isArray(item) ? item[Number(step)] : members(item)[step]
      return next === undefined ? [] : [next]
    })
  return found.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(',')
}

/** The documentation forbids several ad sets of one campaign in one batch; the second is refused. */
function twice(part: Part, seen: Set<string>): PartAnswer | undefined {
  if (part.method !== 'POST' || !/(^|\/)act_\d+\/adsets(\?|$)/.test(part.url)) return undefined
  const campaign = text(part.params.campaign_id)
  if (!seen.has(campaign)) {
    seen.add(campaign)
    return undefined
  }
  const message = '(#100) A batch must not create several ad sets under one campaign'
  return {
    status: 400,
    headers: {},
    body: JSON.stringify({ error: { message, type: 'OAuthException', code: 100, is_transient: false } }),
  }
}

const isFalse = (value: Json | undefined): boolean => value === false || value === 'false'
