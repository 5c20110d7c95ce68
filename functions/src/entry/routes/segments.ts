import { createRoute, z } from '@hono/zod-openapi'
import { Segment } from '#domain/segment.ts'
import { findSegment, listSegments } from '#functions/capabilities/segmentation/find-segments.ts'
import { predictAll } from '#functions/capabilities/segmentation/predict.ts'
import type { App } from '#functions/lib/http.ts'
import { etag, json, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const SegmentView = Segment.omit({ auditHash: true }).meta({ id: 'SegmentView' })
const view = ({ auditHash: _, ...segment }: Segment): z.infer<typeof SegmentView> => segment
const Assigned = z.object({ assigned: z.int(), changed: z.int() }).meta({ id: 'Assigned' })
const SegmentParam = z.object({
  id: z.string().min(1).max(300).meta({ description: 'An id, or the name in Spanish or English' }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/segments',
  summary: 'Segments of candidates with what sets them apart',
  request: { query: PageQuery.extend({ all: z.enum(['true', 'false']).default('false') }) },
  responses: { 200: json(pageOf(SegmentView), 'A page'), ...problems },
})
const read = createRoute({
  method: 'get',
  path: '/v1/segments/{id}',
  summary: 'A segment',
  request: { params: SegmentParam },
  responses: { 200: json(SegmentView, 'The segment'), ...problems },
})
const assign = createRoute({
  method: 'post',
  path: '/v1/candidates/segment',
  summary: 'Assign every candidate with the current model',
  responses: { 200: json(Assigned, 'How many were labelled, and how many moved'), ...problems },
})

export function segmentRoutes(app: App): void {
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { all, ...page } = c.req.valid('query')
    const { items, next } = await listSegments(await ports('store'), caller.org, all === 'true', page)
    return c.json({ items: items.map(view), next }, 200)
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const found = await findSegment(await ports('store'), caller.org, c.req.valid('param').id)
    return c.json(view(found), 200, { etag: etag(found.version) })
  })
  app.openapi(assign, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const { assigned, changed } = await predictAll(await ports('store'), caller.org, causeOf(caller))
    return c.json({ assigned, changed }, 200)
  })
}
