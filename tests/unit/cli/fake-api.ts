import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Seen {
  method: string
  /** Decoded. */
  path: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  bytes: Buffer
  /** The body, where it is JSON. */
  body: unknown
}

export interface Reply {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

export type Route = (request: Seen) => Reply | Promise<Reply>

export interface FakeApi {
  url: string
  seen: Seen[]
  /** What the server found wrong with the requests themselves: a test that leaves something here has failed. */
  faults: string[]
  /** Environment that leads the command line here. */
  env: Record<string, string>
  close: () => Promise<void>
}

export const KEY = 'af_test_00000000_0000000000000000000000000000000000000000000_00000000'

/** A server that answers only what a test taught it ("POST /v1/jobs"), and holds every request against the API's own rules. */
export async function fakeApi(routes: Record<string, Route>): Promise<FakeApi> {
  const seen: Seen[] = []
  const faults: string[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const bytes = await buffer(request)
    const incoming: Seen = {
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      bytes,
      body: jsonOf(bytes, request.headers['content-type']),
    }
    seen.push(incoming)
    faults.push(...faultsOf(incoming))
    const route = routes[`${incoming.method} ${incoming.path}`]
    const { status = 200, body, headers = {} }: Reply = route ? await route(incoming) : unknownRoute(incoming)
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    response.writeHead(status, { 'content-type': type, ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    seen,
    faults,
    env: { ADFLUX_API_URL: url, ADFLUX_INGEST_URL: `${url}/ingest`, ADFLUX_API_KEY: KEY },
    close: () => closed(server),
  }
}

export const problem = (status: number, title: string, more: Record<string, unknown> = {}): Reply => ({
  status,
  body: { type: '/problems/x', title, status, correlationId: 'corr-1234', ...more },
})

function faultsOf({ method, path, headers }: Seen): string[] {
  const open = path === '/healthz' || path === '/auth/login' || path.startsWith('/ingest') === (method === 'GET')
  return [
    ...(headers.authorization === `Bearer ${KEY}` || open ? [] : [`${method} ${path}: no key`]),
    ...(/^[A-Za-z0-9_-]{8,64}$/.test(String(headers['x-correlation-id']))
      ? []
      : [`${method} ${path}: no correlation id`]),
    ...(method !== 'POST' || headers['idempotency-key'] ? [] : [`${method} ${path}: no Idempotency-Key`]),
  ]
}

function jsonOf(bytes: Buffer, type = ''): unknown {
  if (!type.startsWith('application/json')) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

const unknownRoute = ({ method, path }: Seen): Reply => problem(404, `No ${method} ${path}`)

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
