import sdk from 'facebook-nodejs-business-sdk'
import type { Usage } from '#domain/account-limits.ts'
import { context } from '#functions/lib/context.ts'
import { log } from '#functions/lib/log.ts'
import { classify, noAnswer, secondsToRegain, unreadable } from './failure.ts'

/** The Marketing API version in use; the one place to change it. */
export const GRAPH_VERSION = 'v24.0'
const BASE = 'https://graph.facebook.com'
const TIMEOUT_MS = 20_000
/** Above this share of the account's quota we ask more slowly. */
const BUSY_PERCENT = 75

type Params = Record<string, unknown>

/** Highest share of quota in use, in percent, over every business use case the platform names. */
function usageOf(headers: Headers): number {
  try {
    const usage: unknown = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')
    const entries = Object.values(
      usage as Record<string, { call_count?: number; total_time?: number; total_cputime?: number }[]>,
    ).flat()
    return Math.max(0, ...entries.map((e) => Math.max(e.call_count ?? 0, e.total_time ?? 0, e.total_cputime ?? 0)))
  } catch {
    return 0
  }
}

const query = (params: Params): string =>
  new URLSearchParams(
    Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  ).toString()

/**
 * The SDK's transport, per ad account: token in a header instead of the address, a deadline, and errors that carry neither token nor
 * body (the SDK's own carry both). Objects and cursors made with it keep using it.
 */
export class GraphApi extends sdk.FacebookAdsApi {
  readonly #token: string

  readonly #report: (usage: Usage) => void

  readonly #beforeChange: () => Promise<void>

  constructor(
    token: string,
    report: (usage: Usage) => void = () => undefined,
    beforeChange: () => Promise<void> = async () => undefined,
  ) {
    // The last argument keeps the SDK from sending our stack traces to the platform.
    super(token, 'en_US', false)
    this.#token = token
    this.#report = report
    this.#beforeChange = beforeChange
  }

  override async call<T>(method: string, path: string | string[], params: Params = {}): Promise<T> {
    const writes = method === 'POST' || method === 'PUT'
    const address = typeof path === 'string' ? path : [BASE, GRAPH_VERSION, ...path].join('/')
    const url =
      !writes && typeof path !== 'string' && Object.keys(params).length > 0 ? `${address}?${query(params)}` : address
    const where = `${method} ${new URL(address).pathname}`
    if (writes) await this.#beforeChange()
    let answer: Response
    try {
      answer = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          // The platform ignores it; a proxy's log on the way shows which push led to the call.
          'x-correlation-id': context().correlationId,
          ...(writes && { 'content-type': 'application/json' }),
        },
        ...(writes && { body: JSON.stringify(params) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch {
      throw noAnswer(method, where)
    }
    const text = await answer.text().catch(() => {
      throw noAnswer(method, where)
    })
    const usage = usageOf(answer.headers)
    log()[usage >= BUSY_PERCENT ? 'warn' : 'info']({ call: where, status: answer.status, usage }, 'platform call')
    const regain = secondsToRegain(answer.headers)
    // An account that must wait is full, whatever its counters say.
    this.#report(regain > 0 ? { percent: 100, retryAfterSeconds: regain } : { percent: usage })
    const body: unknown = parse(text)
    if (!answer.ok || body === undefined || isError(body)) throw classify(method, where, answer, body)
    if (method !== 'GET' && !tellsSuccess(body)) throw unreadable(method, where)
    return body as T
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
const isError = (body: unknown): boolean => typeof body === 'object' && body !== null && 'error' in body

/** Every write is answered by what was made, or by its success: the SDK would take any other object for that too. */
const tellsSuccess = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  ['id', 'success', 'images', 'report_run_id', 'audience_id'].some((key) => key in body)
