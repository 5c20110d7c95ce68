import { redact } from '../calls.ts'
import type { Fault, FaultKind, Operation } from '../faults.ts'
import type { Answer, Incoming } from '../net/answer.ts'
import { transportFault } from '../net/transport-fault.ts'
import type { Parts } from '../parts.ts'
import { AdsError } from './errors.ts'
import { jsonText } from './json.ts'

/** The parts of a sandbox that Amazon's hosts need. */
export type AdsParts = Pick<Parts, 'world' | 'ledger' | 'faults' | 'calls' | 'unlisted'>

export type Strike = (...kinds: FaultKind[]) => Fault | undefined

interface Known {
  operation: Operation
  account: string | null
  /** For the record; secrets are taken out. */
  params: Record<string, unknown>
}

export const answerJson = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: jsonText(value),
})

/** One call from its arrival to its record: faults that keep it out, the work, faults that spoil the answer. */
export function framed(parts: AdsParts, incoming: Incoming, known: Known, work: (strike: Strike) => Answer): Answer {
  let struck: Fault | undefined
  const strike: Strike = (...kinds) => {
    const fault = parts.faults.strike('amazon-ads', known.operation, known.account, kinds)
    struck = fault ?? struck
    return fault
  }
  let found: Answer
  let code: string | null = null
  try {
    const before = strike('429', 'html-429', '500', 'html-502', 'hang')
    found = before ? broken(before) : spoiled(work(strike), strike)
  } catch (cause) {
    if (!(cause instanceof AdsError)) throw cause
    code = cause.code
    found = answerJson(cause.status, { code: cause.code, details: cause.message, detail: cause.message }, cause.headers)
  }
  const header = incoming.headers['x-correlation-id']
  parts.calls.add({
    at: new Date().toISOString(),
    virtualAt: new Date(parts.world.now()).toISOString(),
    platform: 'amazon-ads',
    method: incoming.method,
    path: incoming.url.split('?')[0] ?? '',
    operation: known.operation,
    account: known.account,
    status: found.status,
    code: code === null ? null : found.status,
    fault: struck ? struck.fault : null,
    correlation: typeof header === 'string' ? header : null,
    params: redact(known.params),
    ignored: [],
  })
  return { ...found, headers: { 'x-amz-request-id': `sandbox-${parts.calls.recent(1)[0]?.n ?? 0}`, ...found.headers } }
}

function spoiled(answer: Answer, strike: Strike): Answer {
  if (answer.cut || strike('answer-lost')) return { status: 0, headers: {}, body: '', cut: true }
  if (strike('wrong-body')) return answerJson(200, { message: 'Service is running' })
  const slow = strike('slow-answer')
  return slow ? { ...answer, delayMs: slow.delaySeconds * 1000 } : answer
}

function broken(fault: Fault): Answer {
  const common = transportFault(fault.fault)
  if (common) return common
  throw new AdsError(429, '429', 'Too Many Requests', {
    'retry-after': String(Math.max(1, Math.ceil(fault.delaySeconds))),
  })
}
