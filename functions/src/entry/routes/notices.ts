import { createRoute, z } from '@hono/zod-openapi'
import { Notice } from '#domain/incident.ts'
import { listNotices } from '#functions/capabilities/notices/list-notices.ts'
import { readNotice } from '#functions/capabilities/notices/read-notice.ts'
import type { App } from '#functions/lib/http.ts'
import { IdParam, json, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/notices',
  summary: 'What the administrators were told, newest first; for administrators',
  description:
    'One notice for each incident that opens, with the suggested action; repeated failures of an open incident add none.',
  request: { query: PageQuery.extend({ unread: z.enum(['true', 'false']).default('false') }) },
  responses: { 200: json(pageOf(Notice), 'A page'), ...problems },
})
const read = createRoute({
  method: 'post',
  path: '/v1/notices/{id}/read',
  summary: 'Mark a notice as read; who read it first stays',
  request: { params: IdParam },
  responses: { 200: json(Notice, 'The notice as it is now'), ...problems },
})

export function noticeRoutes(app: App): void {
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'notices:read')
    const { limit, cursor, unread } = c.req.valid('query')
    const query = { limit, cursor, unread: unread === 'true' }
    return c.json(await listNotices(await ports('store'), caller.org, query), 200)
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'notices:read')
    return c.json(await readNotice(await ports('store'), caller.org, causeOf(caller), c.req.valid('param').id), 200)
  })
}
