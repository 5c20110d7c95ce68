import { createRoute, z } from '@hono/zod-openapi'
import { Actor, ROLES } from '#domain/actor.ts'
import { DomainError } from '#domain/errors.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { json, jsonBody } from '#functions/lib/openapi.ts'
import { ports } from '#functions/wiring.ts'

const Health = z
  .object({ status: z.enum(['ok', 'failing']), checks: z.record(z.string(), z.string()) })
  .meta({ id: 'Health' })
const Login = z
  .object({ username: z.string().min(1), password: z.string().min(1) })
  .strict()
  .meta({ id: 'Login' })
const Session = z
  .object({ access_token: z.string(), token_type: z.literal('bearer'), expires_in: z.int() })
  .meta({ id: 'Session' })
const Me = z
  .object({ org: z.string(), actor: Actor, role: z.enum(ROLES).nullable(), actions: z.array(z.string()) })
  .meta({ id: 'Me' })

const health = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Which dependency fails, if any',
  security: [],
  responses: { 200: json(Health, 'All dependencies answer'), 503: json(Health, 'At least one does not; it is named') },
})
const login = createRoute({
  method: 'post',
  path: '/auth/login',
  summary: 'Exchange user name and password for a bearer token',
  security: [],
  request: jsonBody(Login),
  responses: { 200: json(Session, 'A token for one hour') },
})
const me = createRoute({
  method: 'get',
  path: '/v1/me',
  summary: 'Who the caller is and what the caller may do',
  responses: { 200: json(Me, 'The caller') },
})

export function systemRoutes(app: App): void {
  app.use('/auth/*', wellFormedJson)
  app.openapi(health, async (c) => {
    const checks = await (await ports('health')).health()
    const ok = Object.values(checks).every((answer) => answer === 'ok')
    return c.json({ status: ok ? 'ok' : 'failing', checks } as const, ok ? 200 : 503)
  })
  app.openapi(login, async (c) => {
    const { username, password } = c.req.valid('json')
    const { identity } = await ports('identity')
    const { token, expiresIn } = await identity.signIn(username, password)
    if (!(await identity.verify(token)).org)
      throw new DomainError('forbidden', 'This user belongs to no organisation', {
        remedy: 'Ask an administrator for an invitation.',
      })
    return c.json({ access_token: token, token_type: 'bearer' as const, expires_in: expiresIn }, 200)
  })
  app.openapi(me, (c) => {
    const { org, actor, actions } = c.get('caller')
    return c.json({ org, actor, role: actor.kind === 'user' ? actor.role : null, actions: [...actions] }, 200)
  })
}
