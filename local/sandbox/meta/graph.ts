import { redact } from '../calls.ts'
import type { Fault, Operation } from '../faults.ts'
import { type Answer, type Host, html, type Incoming, json } from '../net/answer.ts'
import type { Parts } from '../parts.ts'
import { members, text, type World } from '../world.ts'
import { authenticate, expired } from './authenticate.ts'
import { type PartAnswer, runBatch } from './batch.ts'
import type { Call } from './call.ts'
import { dispatch, type Outcome } from './dispatch.ts'
import { errorBody, GraphError, notImitated, statusOf } from './errors.ts'
import { accountIn, operationOf } from './operation.ts'
import { formParams, jsonParams, type Params } from './params.ts'
import { settle } from './write.ts'

/** The parts of a sandbox that the Graph API needs. */
export type GraphParts = Pick<Parts, 'world' | 'ledger' | 'insights' | 'limits' | 'faults' | 'calls' | 'unlisted'>

interface Request {
  method: string
  version: number
  path: string[]
  params: Params
  authorization: string | undefined
  correlation: string | null
}

const CORRELATION = ['x-correlation-id', 'x-request-id', 'traceparent']

/** graph.facebook.com, Marketing API v24.0: https://developers.facebook.com/docs/marketing-api */
export function graphHost(parts: GraphParts): Host {
  return async (incoming) => {
    settle(parts.world)
    let request: Request
    try {
      request = read(parts.world, incoming)
    } catch (cause) {
      if (!(cause instanceof GraphError)) throw cause
      return json(statusOf(cause), errorBody(cause))
    }
    if (request.path.length === 0 && request.params.batch !== undefined) return batch(parts, request)
    return answer(parts, request)
  }
}

async function batch(parts: GraphParts, request: Request): Promise<Answer> {
  const outer = await answer(parts, { ...request, params: {} }, true)
  if (outer.status !== 200 || outer.cut || outer.hang) return outer
  const inherited = text(request.params.access_token)
  try {
    const done = await runBatch(request.params, async (part): Promise<PartAnswer> => {
      const { path, version } = readPath(parts.world, part.url, request.version)
      const params = inherited ? { access_token: inherited, ...part.params } : part.params
      return answer(parts, { ...request, method: part.method, path, version, params })
    })
    if (done.cut) return { status: 0, headers: {}, body: '', cut: true }
    return json(200, done.parts, outer.headers)
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause
    return json(statusOf(cause), errorBody(cause))
  }
}

/** One call from its parameters to its answer: token, faults, limits, the work, the record. */
async function answer(parts: GraphParts, request: Request, isBatch = false): Promise<Answer> {
  const { world, limits, faults } = parts
  const operation = operationOf(world, request.method, request.path, isBatch)
  const account = accountIn(world, request.path)
  const ignored = new Set<string>()
  let struck: Fault | undefined
  const strike = (...kinds: Fault['fault'][]): Fault | undefined => {
    const fault = faults.strike('meta', operation, account ?? null, kinds)
    struck = fault ?? struck
    return fault
  }

  const work = (): Answer => {
    const before = strike('expired-token', '429', 'html-429', '500', 'html-502', 'error', 'hang')
    if (before) return broken(before)
    const token = authenticate(world, request.authorization, request.params, request.path)
    if (account !== undefined && token.accounts.includes(account)) limits.spend(account, operation)
    if (isBatch) return json(200, {})
    if (request.params.after !== undefined && strike('page-2-failure'))
      throw new GraphError(2, 'An unexpected error has occurred. Please retry your request later.', {
        status: 500,
        transient: true,
      })
    const call: Call = {
      world,
      ledger: parts.ledger,
      method: methodOf(request.method),
      version: request.version,
      path: request.path,
      params: request.params,
      token,
      now: world.now(),
      ignored,
      unlisted: parts.unlisted.has,
    }
    return after(call)
  }

  const after = (call: Call): Answer => {
    const created = operation.startsWith('create-') && operation !== 'create-report'
    const late = created ? strike('late-landing') : undefined
    const report = operation === 'create-report' ? strike('report-failed', 'report-stuck') : undefined
    const outcome: Outcome = {
      ...(late ? { late: { clock: late.clock, dueAt: clockNow(world, late) + late.delaySeconds * 1000 } } : {}),
      ...(report ? { report: report.fault === 'report-failed' ? 'failed' : 'stuck' } : {}),
    }
    const result = dispatch(call, parts.insights, outcome)
    const slow = created ? strike('slow-list') : undefined
    if (slow) parts.unlisted.hide(text(members(result as never).id), slow.clock, slow.delaySeconds)
    if (late || strike('answer-lost')) return { status: 0, headers: {}, body: '', cut: true }
    const delay = strike('slow-answer')
    return { ...json(200, result), ...(delay ? { delayMs: delay.delaySeconds * 1000 } : {}) }
  }

  let found: Answer
  let code: number | null = null
  try {
    found = work()
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause
    code = cause.code
    found = json(statusOf(cause), errorBody(cause))
  }
  record(parts, request, operation, account, found, code, struck, ignored)
  const business = account === undefined ? undefined : world.accounts.get(account)?.businessId
  const { headers } = found
  return { ...found, headers: { ...headers, ...limits.headers(account, business), ...trace(request) } }
}

const trace = (request: Request): Record<string, string> => ({
  'facebook-api-version': `v${request.version}.0`,
  'cache-control': 'private, no-cache, no-store, must-revalidate',
  'x-fb-rev': '1029000000',
})

function broken(fault: Fault): Answer {
  switch (fault.fault) {
    case 'html-429':
      return html(429, 'Too Many Requests')
    case 'html-502':
      return html(502, 'Bad Gateway')
    case '500':
      return { status: 500, headers: { 'content-type': 'text/plain' }, body: '' }
    case 'hang':
      return { status: 0, headers: {}, body: '', hang: true }
    case 'expired-token':
      throw expired()
    case '429':
      throw new GraphError(
        80004,
        '(#80004) There have been too many calls to this ad-account. Wait a bit and try again.',
        {
          status: 429,
          subcode: 2446079,
          transient: true,
        },
      )
    default:
      throw new GraphError(fault.code, fault.message, {
        status: fault.httpStatus,
        transient: fault.transient,
        ...(fault.subcode === null ? {} : { subcode: fault.subcode }),
      })
  }
}

function record(
  { world, calls }: GraphParts,
  request: Request,
  operation: Operation,
  account: string | undefined,
  found: Answer,
  code: number | null,
  fault: Fault | undefined,
  ignored: Set<string>,
): void {
  calls.add({
    at: new Date().toISOString(),
    virtualAt: new Date(world.now()).toISOString(),
    platform: 'meta',
    method: request.method,
    path: `/v${request.version}.0/${request.path.join('/')}`,
    operation,
    account: account ?? null,
    status: found.status,
    code,
    fault: fault ? fault.fault : null,
    correlation: request.correlation,
    params: redact(request.params),
    ignored: [...ignored],
  })
}

function read(world: World, incoming: Incoming): Request {
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

function readPath(world: World, url: string, fallback?: number): { path: string[]; version: number; query: string } {
  const [location = '', query = ''] = url.split('?')
  const path = location.split('/').filter(Boolean).map(decodeURIComponent)
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

function methodOf(method: string): Call['method'] {
  if (method === 'GET' || method === 'DELETE') return method
  if (method === 'POST') return method
  throw new GraphError(100, `Unsupported ${method.toLowerCase()} request.`, {
    status: 405,
    type: 'GraphMethodException',
  })
}

const clockNow = (world: World, fault: Fault): number => (fault.clock === 'real' ? Date.now() : world.now())
