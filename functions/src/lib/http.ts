import type { HttpFunction } from '@google-cloud/functions-framework'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { DomainError } from '#domain/errors.ts'
import { correlationIdFrom, withContext } from './context.ts'
import { log, loggable } from './log.ts'
import { problemOf, zodProblems } from './problem.ts'
import type { Caller } from './session.ts'

export interface HttpEnv {
  Variables: { caller: Caller; correlationId: string }
}
export type App = OpenAPIHono<HttpEnv>

export function respondProblem(c: Context, error: unknown): Response {
  const problem = problemOf(error)
  if (problem.status >= 500) log().error({ error: loggable(error), path: c.req.path }, 'request failed')
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  if (error instanceof DomainError && error.details.retryAfterSeconds)
    headers['retry-after'] = String(error.details.retryAfterSeconds)
  return c.body(JSON.stringify(problem), problem.status as 400, headers)
}

const correlate =
  (functionName: string): MiddlewareHandler<HttpEnv> =>
  async (c, next) => {
    const correlationId = correlationIdFrom(c.req.header('x-correlation-id'))
    c.set('correlationId', correlationId)
    await withContext({ correlationId, functionName }, next)
    c.header('x-correlation-id', correlationId)
    c.header('x-content-type-options', 'nosniff')
  }

/** A function's router whose every error is a problem document (RFC 9457), and whose every request has a correlation id. */
export function httpApp(functionName: string): App {
  const app = new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (!result.success)
        throw new DomainError('invalid', 'The request does not fit the schema', {
          remedy: 'See /openapi.json for what is expected.',
          problems: zodProblems(result.error),
        })
    },
  })
  app.use(correlate(functionName))
  app.onError((error, c) => respondProblem(c, error))
  app.notFound((c) =>
    respondProblem(
      c,
      new DomainError('not_found', `No ${c.req.method} ${c.req.path}`, { remedy: 'See /openapi.json.' }),
    ),
  )
  return app
}

/** Mounts the router as a function; the framework hands the bytes through in `rawBody`. */
export const listen = (app: App): HttpFunction =>
  getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }) as unknown as HttpFunction
