import { redact } from '../calls.ts'
import { asTold } from '../delivery/told.ts'
import type { Json } from '../events.ts'
import type { Fault, Operation } from '../faults.ts'
import { type Answer, type Host, json } from '../net/answer.ts'
import { transportFault } from '../net/transport-fault.ts'
import type { Parts } from '../parts.ts'
import { settle } from '../things.ts'
import { items, members, text, type World } from '../world.ts'
import { authenticate, expired } from './authenticate.ts'
import { type PartAnswer, runBatch } from './batch.ts'
import type { Call } from './call.ts'
import { dispatch, type Outcome } from './dispatch.ts'
import { errorBody, GraphError, statusOf } from './errors.ts'
import { accountIn, operationOf } from './operation.ts'
import { type GraphRequest, readPath, readRequest } from './request.ts'

const FIGURES: readonly Operation[] = ['insights', 'read-report']

/** The parts of a sandbox that the Graph API needs. */
export type GraphParts = Pick<Parts, 'world' | 'ledger' | 'insights' | 'limits' | 'faults' | 'calls' | 'unlisted'>

/** graph.facebook.com, Marketing API v24.0: https://developers.facebook.com/docs/marketing-api */
export function graphHost(parts: GraphParts): Host {
  return async (incoming) => {
    settle(parts.world)
    let request: GraphRequest
    try {
      request = readRequest(parts.world, incoming)
    } catch (cause) {
      if (!(cause instanceof GraphError)) throw cause
      return json(statusOf(cause), errorBody(cause))
    }
    if (request.path.length === 0 && request.params.batch !== undefined) return batch(parts, request)
    return answer(parts, request)
  }
}

async function batch(parts: GraphParts, request: GraphRequest): Promise<Answer> {
  const outer = await answer(parts, { ...request, params: {} }, true)
  if (outer.status !== 200 || outer.cut || outer.hang) return outer
  const inherited = text(request.params.access_token)
  try {
    const done = await runBatch(request.params, async (part): Promise<PartAnswer> => {
      const { path, version } = readPath(parts.world, part.url, request.version)
      const params = inherited ? { access_token: inherited, ...part.params } : part.params
      const done = await answer(parts, { ...request, method: part.method, path, version, params })
      return { ...done, body: String(done.body) }
    })
    if (done.cut) return { status: 0, headers: {}, body: '', cut: true }
    return json(200, done.parts, outer.headers)
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause
    return json(statusOf(cause), errorBody(cause))
  }
}

/** One call from its parameters to its answer: token, faults, limits, the work, the record. */
async function answer(parts: GraphParts, request: GraphRequest, isBatch = false): Promise<Answer> {
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
    const figures = FIGURES.includes(operation) ? strike('late-metrics', 'restated-metrics') : undefined
    const call: Call = {
      world,
      ledger: asTold(world, parts.ledger, figures),
      told: figures?.id ?? null,
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
    if (created && strike('duplicate-200')) dispatch(call, parts.insights, outcome)
    const result = dispatch(call, parts.insights, outcome)
    const slow = created ? strike('slow-list') : undefined
    if (slow) parts.unlisted.hide(text(members(result as never).id), slow.clock, slow.delaySeconds)
    if (late || strike('answer-lost')) return { status: 0, headers: {}, body: '', cut: true }
    if (strike('wrong-body')) return json(200, { message: 'Service is running' })
    const shown = operation === 'list' && strike('partial-list') ? halfOf(result) : result
    const delay = strike('slow-answer')
    return { ...json(200, shown), ...(delay ? { delayMs: delay.delaySeconds * 1000 } : {}) }
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

/** The first half of a list, as if there were no more. */
function halfOf(list: unknown): unknown {
  const data = items(members(list as Json).data)
  return { data: data.slice(0, Math.floor(data.length / 2)) }
}

const trace = (request: GraphRequest): Record<string, string> => ({
  'facebook-api-version': `v${request.version}.0`,
  'cache-control': 'private, no-cache, no-store, must-revalidate',
  'x-fb-rev': '1029000000',
})

function broken(fault: Fault): Answer {
  const common = transportFault(fault.fault)
  if (common) return common
  switch (fault.fault) {
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
  request: GraphRequest,
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

function methodOf(method: string): Call['method'] {
  if (method === 'GET' || method === 'DELETE') return method
  if (method === 'POST') return method
  throw new GraphError(100, `Unsupported ${method.toLowerCase()} request.`, {
    status: 405,
    type: 'GraphMethodException',
  })
}

const clockNow = (world: World, fault: Fault): number => (fault.clock === 'real' ? Date.now() : world.now())
