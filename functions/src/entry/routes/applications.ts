import { createRoute, z } from '@hono/zod-openapi'
import { Application, Stage } from '#domain/candidate.ts'
import { listApplications } from '#functions/capabilities/applications/list-applications.ts'
import { moveApplication } from '#functions/capabilities/applications/move-application.ts'
import { ApplicationInput, receiveApplication } from '#functions/capabilities/applications/receive-application.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { etag, IdParam, json, jsonBody, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const ApplicationView = Application.omit({ auditHash: true }).meta({ id: 'ApplicationView' })
const view = ({ auditHash: _, ...application }: Application): z.infer<typeof ApplicationView> => application
const Move = z.strictObject({ stage: Stage }).meta({ id: 'ApplicationMove' })
const name = z.string().min(1).max(128).optional()

const list = createRoute({
  method: 'get',
  path: '/v1/applications',
  summary: 'Applications, newest first; by job, candidate, campaign (id or ref) and stage',
  request: { query: PageQuery.extend({ job: name, candidate: name, campaign: name, stage: Stage.optional() }) },
  responses: { 200: json(pageOf(ApplicationView), 'A page'), ...problems },
})
const create = createRoute({
  method: 'post',
  path: '/v1/applications',
  summary: 'Receive an application; a click token credits its campaign',
  request: jsonBody(ApplicationInput),
  responses: {
    201: json(ApplicationView, 'The application'),
    200: json(ApplicationView, 'The same person had applied already'),
    ...problems,
  },
})
const move = createRoute({
  method: 'post',
  path: '/v1/applications/{id}/move',
  summary: 'Put an application into another stage',
  request: { params: IdParam, ...jsonBody(Move) },
  responses: { 200: json(ApplicationView, 'The application'), ...problems },
})

export function applicationRoutes(app: App): void {
  app.use('/v1/applications/*', wellFormedJson)
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { limit, cursor, ...filter } = c.req.valid('query')
    const { items, next } = await listApplications(await ports('store'), caller.org, filter, { limit, cursor })
    return c.json({ items: items.map(view), next }, 200)
  })
  app.openapi(create, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const needs = await ports('store', 'secrets')
    const received = await receiveApplication(needs, caller.org, causeOf(caller), c.req.valid('json'))
    const { application, created } = received
    return c.json(view(application), created ? 201 : 200, { etag: etag(application.version) })
  })
  app.openapi(move, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const { id } = c.req.valid('param')
    const needs = await ports('store')
    const moved = await moveApplication(needs, caller.org, causeOf(caller), id, c.req.valid('json').stage)
    return c.json(view(moved), 200, { etag: etag(moved.version) })
  })
}
