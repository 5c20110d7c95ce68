import type { IncomingHttpHeaders } from 'node:http'
import { redact } from '../calls.ts'
import { asTold } from '../delivery/told.ts'
import type { Account, Fields, Json } from '../events.ts'
import type { Fault, Operation } from '../faults.ts'
import type { Parts } from '../parts.ts'
import { settle } from '../things.ts'
import { text } from '../world.ts'
import { customerOf, expiredToken } from './authenticate.ts'
import { GoogleAdsError, GRPC } from './errors.ts'
import { runQuery } from './gaql/run.ts'
import { type GeoTarget, suggestPlaces } from './geo.ts'
import { type Mutated, mutate } from './mutate.ts'
import { spendQuota } from './quota.ts'

export type GoogleParts = Pick<Parts, 'world' | 'ledger' | 'faults' | 'calls' | 'unlisted'>

/** One call, whichever wire it came over. */
export interface GoogleCall {
  headers: IncomingHttpHeaders
  customer: string
  operation: Operation
  /** What the record of calls shows. */
  method: string
  path: string
  params: Readonly<Record<string, unknown>>
}

export type Outcome<T> =
  | { kind: 'done'; value: T; delayMs: number; breakOff: boolean }
  | { kind: 'failed'; error: GoogleAdsError }
  | { kind: 'hang' | 'wrong-body' }

type Work<T> = (account: Account, strike: (...kinds: Fault['fault'][]) => Fault | undefined) => T

/** Authentication, faults and the record of calls round the work of one method. */
export function serve<T>(parts: GoogleParts, call: GoogleCall, work: Work<T>): Outcome<T> {
  const { world, faults } = parts
  settle(world)
  let struck: Fault | undefined
  const strike = (...kinds: Fault['fault'][]): Fault | undefined => {
    const fault = faults.strike('google-ads', call.operation, call.customer, kinds)
    struck = fault ?? struck
    return fault
  }
  const answer = (): Outcome<T> => {
    const before = strike('expired-token', '429', 'front-429', '500', 'hang')
    if (before?.fault === 'hang') return { kind: 'hang' }
    if (before) throw broken(before)
    const account = customerOf(world, call.headers, call.customer)
    spendQuota(world, account.id)
    const value = work(account, strike)
    if (strike('wrong-body')) return { kind: 'wrong-body' }
    const breakOff = call.operation === 'search' && strike('page-2-failure') !== undefined
    return { kind: 'done', value, breakOff, delayMs: (strike('slow-answer')?.delaySeconds ?? 0) * 1000 }
  }
  let outcome: Outcome<T>
  try {
    outcome = answer()
  } catch (cause) {
    if (!(cause instanceof GoogleAdsError)) throw cause
    outcome = { kind: 'failed', error: cause }
  }
  record(parts, call, outcome.kind === 'failed' ? outcome.error.status : 0, struck)
  return outcome
}

/** GoogleAdsService.Mutate */
export function serveMutate(parts: GoogleParts, call: GoogleCall, request: Fields): Outcome<Mutated> {
  const { world, unlisted } = parts
  return serve(parts, call, (account, strike) => {
    const late = request.validate_only === true ? undefined : strike('late-landing')
    const dueAt = (late?.clock === 'real' ? Date.now() : world.now()) + (late?.delaySeconds ?? 0) * 1000
    // Where every name is unique, the second arrival finds the first one's.
    if (request.validate_only !== true && strike('duplicate-200')) mutate(world, account, request)
    const done = mutate(world, account, request, late && { clock: late.clock, dueAt })
    const slow = done.campaigns.length > 0 ? strike('slow-list') : undefined
    if (slow) for (const id of done.campaigns) unlisted.hide(id, slow.clock, slow.delaySeconds)
    if (late || strike('answer-lost')) throw noAnswer()
    return done
  })
}

/** GoogleAdsService.Search and SearchStream */
export function serveSearch(
  parts: GoogleParts,
  call: GoogleCall,
  query: Json | undefined,
): Outcome<ReturnType<typeof runQuery>> {
  const { world, ledger, unlisted } = parts
  return serve(parts, call, (account, strike) => {
    const measured = /\bmetrics\./.test(text(query))
    const figures = measured ? strike('late-metrics', 'restated-metrics') : undefined
    const scene = { world, account, now: world.now(), unlisted: unlisted.has }
    const found = runQuery({ ...scene, ledger: asTold(world, ledger, figures) }, text(query))
    if (measured || !strike('partial-list')) return found
    return { ...found, rows: found.rows.slice(0, Math.floor(found.rows.length / 2)) }
  })
}

/** GeoTargetConstantService.SuggestGeoTargetConstants; it belongs to no customer, so the caller is known by its grant alone. */
export function suggest(names: readonly string[], country: string | undefined): { term: string; place: GeoTarget }[] {
  return names.flatMap((term) =>
    suggestPlaces(term, country)
      .slice(0, 5)
      .map((place) => ({ term, place })),
  )
}

const noAnswer = (): GoogleAdsError => new GoogleAdsError(GRPC.UNAVAILABLE, [])

function broken(fault: Fault): GoogleAdsError {
  if (fault.fault === 'expired-token') return expiredToken()
  const retrySeconds = Math.max(1, Math.round(fault.delaySeconds))
  if (fault.fault === 'front-429') return new GoogleAdsError(GRPC.RESOURCE_EXHAUSTED, [], retrySeconds)
  if (fault.fault === '429')
    return new GoogleAdsError(GRPC.RESOURCE_EXHAUSTED, [
      {
        kind: 'quota_error',
        code: 'RESOURCE_TEMPORARILY_EXHAUSTED',
        message: 'Too many requests. Retry in a while.',
        retrySeconds,
      },
    ])
  return new GoogleAdsError(GRPC.INTERNAL, [
    { kind: 'internal_error', code: 'INTERNAL_ERROR', message: 'An internal error has occurred.' },
  ])
}

function record({ world, calls }: GoogleParts, call: GoogleCall, status: number, fault: Fault | undefined): void {
  calls.add({
    at: new Date().toISOString(),
    virtualAt: new Date(world.now()).toISOString(),
    platform: 'google-ads',
    method: call.method,
    path: call.path,
    operation: call.operation,
    account: world.accounts.has(call.customer) ? call.customer : null,
    status,
    code: status === 0 ? null : status,
    fault: fault?.fault ?? null,
    correlation: text(call.headers['x-correlation-id'] as Json) || null,
    params: redact(call.params),
    ignored: [],
  })
}
