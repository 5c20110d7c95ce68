import { createServer, type Server } from 'node:http'
import { type Answer, json, readBody, send } from '../net/answer.ts'
import type { Parts } from '../parts.ts'
import type { Log } from '../settings.ts'
import { settle } from '../things.ts'
import { changeToken, createAccount } from './accounts.ts'
import { bookId, books } from './books.ts'
import { clickUrls } from './clicks.ts'
import { changeClock, clockState } from './clock.ts'
import { armFault } from './faults.ts'
import { ControlProblem, problemAnswer } from './problem.ts'

const MOST_BODY = 1024 * 1024

interface Asked {
  query: URLSearchParams
  body: Buffer
}

type Route = (asked: Asked) => Answer

/** The sandbox's own interface: the clock, faults, the books, accounts. Not a part of any platform. */
export function controlServer(parts: Parts, log: Log): Server {
  const routes: Record<string, Route> = {
    'GET /_sandbox/healthz': () => json(200, { ok: true, ...clockState(parts.clock) }),
    'GET /_sandbox/clock': () => json(200, clockState(parts.clock)),
    'POST /_sandbox/clock': ({ body }) => json(200, changeClock(parts.clock, body)),
    'GET /_sandbox/faults': () => json(200, { faults: parts.faults.list() }),
    'POST /_sandbox/faults': ({ body }) => json(201, armFault(parts.faults, body)),
    'DELETE /_sandbox/faults': ({ query }) => json(200, { cleared: parts.faults.clear(query.get('id') ?? undefined) }),
    'GET /_sandbox/books': ({ query }) => json(200, books(parts, query)),
    'GET /_sandbox/calls': ({ query }) => json(200, recentCalls(parts, query)),
    'GET /_sandbox/accounts': () =>
      json(200, {
        accounts: [...parts.world.accounts.values()].map((account) => ({ ...account, id: bookId(account) })),
      }),
    'POST /_sandbox/accounts': ({ body }) => json(201, createAccount(parts.world, body)),
    'POST /_sandbox/tokens': ({ body }) => json(200, changeToken(parts.world, body)),
    'POST /_sandbox/clicks': ({ body }) => json(200, clickUrls(parts, body)),
    'POST /_sandbox/reset': () => {
      parts.reset()
      return json(200, { reset: true, ...clockState(parts.clock) })
    },
  }

  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    const answered = async (): Promise<void> => {
      refuseForeign(request.headers.host, request.headers.origin)
      const body = await readBody(request, MOST_BODY)
      if (!body) throw new ControlProblem(413, 'The body is larger than 1 MiB')
      settle(parts.world)
      send(response, route(routes, request.method ?? 'GET', url)({ query: url.searchParams, body }))
    }
    answered().catch((cause: unknown) => {
      if (cause instanceof ControlProblem) return send(response, problemAnswer(cause))
      log('sandbox defect', {
        path: url.pathname,
        error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      })
      return send(response, problemAnswer(new ControlProblem(500, 'The sandbox failed; see its log')))
    })
  })
}

function route(routes: Record<string, Route>, method: string, url: URL): Route {
  const path = url.pathname.replace(/\/$/, '')
  const found = routes[`${method} ${path}`]
  if (found) return found
  const others = Object.keys(routes).filter((key) => key.endsWith(` ${path}`))
  if (path === '/_sandbox' && method === 'GET') return () => json(200, { endpoints: Object.keys(routes) })
  if (others.length > 0)
    throw new ControlProblem(
      405,
      `${path} does not take ${method}`,
      `Use ${others.map((key) => key.split(' ')[0]).join(' or ')}.`,
    )
  throw new ControlProblem(404, `There is no ${path}`, 'GET /_sandbox lists what there is.')
}

/** A web page must not be able to turn the clock of a stack that happens to run on its visitor's machine. */
function refuseForeign(host: string | undefined, origin: string | undefined): void {
  const local = (name: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(name)
  if (!local(host ?? '')) throw new ControlProblem(400, 'The control interface answers on this machine alone')
  if (origin !== undefined && !local(origin.replace(/^https?:\/\//, '')))
    throw new ControlProblem(400, `The control interface does not answer to ${origin}`)
}

function recentCalls({ calls }: Parts, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new ControlProblem(400, 'limit: must be from 1 to 1000')
  const operation = query.get('operation')
  const found = calls.recent(1000).filter((call) => operation === null || call.operation === operation)
  return { calls: found.slice(0, limit), counts: calls.counts() }
}
