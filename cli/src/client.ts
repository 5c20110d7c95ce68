import { randomUUID } from 'node:crypto'
import { codeOf, isPassing, readJson, refusal, retryAfterMs, unreachable } from './answers.ts'

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string | number | undefined>
  /** Sent as JSON; bytes are sent as they are, with the content type of `headers`. */
  body?: unknown
  headers?: Record<string, string>
  timeoutMs?: number
  /** Tries in all, the first included. */
  tries?: number
  /** Statuses whose body is an answer too. */
  accept?: readonly number[]
}

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

export interface Client {
  /** The JSON of a success. Throws Failure for everything else, after the retries that its kind allows. */
  send<T>(request: ApiRequest): Promise<T>
  /** The same, with status and headers. */
  exchange<T>(request: ApiRequest): Promise<Answer<T>>
}

interface ClientOptions {
  base: string
  token: string | undefined
  correlationId: string
  pause: (ms: number) => Promise<void>
  /** Told about every attempt: method, address, outcome, milliseconds. */
  trace?: (line: string) => void
}

const TIMEOUT_MS = 60_000
const TRIES = 5
const FIRST_PAUSE_MS = 300
/** A server that asks for more patience than this is reported instead. */
const LONGEST_PAUSE_MS = 60_000
const PASSING = [429, 502, 503, 504]

export function httpClient(options: ClientOptions): Client {
  const { base, token, correlationId, pause, trace } = options

  async function attempt(request: ApiRequest, headers: Record<string, string>): Promise<Response> {
    const method = request.method ?? 'GET'
    const url = addressOf(base, request)
    const begun = performance.now()
    const tell = (outcome: string | number): void =>
      trace?.(`${method} ${url.pathname}${url.search} ${outcome} ${Math.round(performance.now() - begun)} ms`)
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS),
        ...(request.body !== undefined && { body: bodyOf(request.body) }),
      })
      tell(response.status)
      return response
    } catch (error) {
      tell(codeOf(error))
      throw error
    }
  }

  const client: Client = {
    send: async <T>(request: ApiRequest) => (await client.exchange<T>(request)).body,
    async exchange<T>(request: ApiRequest): Promise<Answer<T>> {
      const headers: Record<string, string> = {
        accept: 'application/json, application/problem+json',
        'user-agent': 'adflux-cli',
        'x-correlation-id': correlationId,
        ...(token && { authorization: `Bearer ${token}` }),
        // The same key on every try: the server does the work once.
        ...(request.method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
      }
      const tries = request.tries ?? TRIES
      for (let n = 1; ; n++) {
        const response = await attempt(request, headers).catch((error: unknown) => {
          if (n >= tries || !isPassing(error)) throw unreachable(base, error, request.timeoutMs ?? TIMEOUT_MS)
          return null
        })
        if (response && (response.ok || request.accept?.includes(response.status)))
          return { status: response.status, headers: response.headers, body: (await readJson(base, response)) as T }
        const wait = patience(response, n)
        if (response && (n >= tries || wait === null)) throw await refusal(base, response)
        await response?.body?.cancel()
        await pause(wait ?? FIRST_PAUSE_MS)
      }
    },
  }
  return client
}

function addressOf(base: string, { path, query = {} }: ApiRequest): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

const bodyOf = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)

/** Milliseconds until the next try; null where trying again cannot help. */
function patience(response: Response | null, n: number): number | null {
  const backoff = FIRST_PAUSE_MS * 2 ** (n - 1) * (1 + Math.random() / 4)
  if (!response) return backoff
  const asked = retryAfterMs(response.headers.get('retry-after'))
  // 409 with Retry-After: the first request with our Idempotency-Key is still at work.
  if (!PASSING.includes(response.status) && !(response.status === 409 && asked !== null)) return null
  if (asked !== null && asked > LONGEST_PAUSE_MS) return null
  return asked ?? backoff
}
