import { createRoute, z } from '@hono/zod-openapi'
import { JobInput, JobPatch, mapNative, nativeWords } from '#domain/ingest/native.ts'
import { Job, JobStatus } from '#domain/job.ts'
import { AdDay } from '#domain/time.ts'
import { closeJob } from '#functions/capabilities/jobs/close-job.ts'
import { createJob, unnamedJob } from '#functions/capabilities/jobs/create-job.ts'
import { listJobs } from '#functions/capabilities/jobs/list-jobs.ts'
import { patchJob } from '#functions/capabilities/jobs/patch-job.ts'
import { reopenJob } from '#functions/capabilities/jobs/reopen-job.ts'
import type { App } from '#functions/lib/http.ts'
import { cleanHtml } from '#functions/lib/intake/html.ts'
import { itemOf, mappingContext } from '#functions/lib/intake/items.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { demandMatch, etag, IdParam, json, jsonBody, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const JobView = Job.omit({ auditHash: true })
  .extend({ extra: z.record(z.string(), z.unknown()) })
  .meta({ id: 'JobView' })

/** The document as an integrator reads it: the source's unknown fields as JSON again. */
function view({ auditHash: _, extra, ...job }: Job): z.infer<typeof JobView> {
  return { ...job, extra: JSON.parse(extra) }
}

const Close = z.strictObject({ reason: z.string().min(1).max(500).optional() }).meta({ id: 'JobClose' })
const Reopen = z.strictObject({ closesOn: AdDay.nullish() }).meta({ id: 'JobReopen' })
const optional = <S extends z.ZodType>(schema: S) => ({
  params: IdParam,
  body: { content: { 'application/json': { schema } }, required: false },
})

const list = createRoute({
  method: 'get',
  path: '/v1/jobs',
  summary: 'Openings, newest first',
  request: {
    query: PageQuery.extend({
      status: JobStatus.optional(),
      company: z.string().max(200).optional(),
      source: z.string().max(128).optional(),
    }),
  },
  responses: { 200: json(pageOf(JobView), 'A page'), ...problems },
})
const create = createRoute({
  method: 'post',
  path: '/v1/jobs',
  summary: 'Create one opening',
  request: jsonBody(JobInput),
  responses: { 201: json(JobView, 'The opening'), ...problems },
})
const read = createRoute({
  method: 'get',
  path: '/v1/jobs/{id}',
  summary: 'An opening',
  request: { params: IdParam },
  responses: { 200: json(JobView, 'The opening'), ...problems },
})
const patch = createRoute({
  method: 'patch',
  path: '/v1/jobs/{id}',
  summary: "Change an opening's words; null clears a field",
  request: { params: IdParam, ...jsonBody(JobPatch) },
  responses: { 200: json(JobView, 'The opening'), ...problems },
})
const close = createRoute({
  method: 'post',
  path: '/v1/jobs/{id}/close',
  summary: 'Close an opening; its ads pause. The reason "filled" is kept as such',
  request: optional(Close),
  responses: { 200: json(JobView, 'The closed opening'), ...problems },
})
const reopen = createRoute({
  method: 'post',
  path: '/v1/jobs/{id}/reopen',
  summary: 'Open a closed job again',
  request: optional(Reopen),
  responses: { 200: json(JobView, 'The open job'), ...problems },
})

export function jobRoutes(app: App): void {
  app.use('/v1/jobs/*', wellFormedJson)
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { limit, cursor, ...filter } = c.req.valid('query')
    const page = await listJobs(await ports('store'), caller.org, filter, { limit, cursor })
    return c.json({ items: page.items.map(view), next: page.next }, 200)
  })
  app.openapi(create, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'jobs:write')
    const { store, clock } = await ports('store', 'clock')
    const body = c.req.valid('json')
    const cause = causeOf(caller)
    const record = { ...body, externalId: body.externalId ?? body.id ?? unnamedJob(cause) }
    const context = mappingContext(clock.now().toISOString(), 'USD')
    const item = itemOf({ index: 0, at: '' }, record, (each) => mapNative(each, context))
    const job = await createJob({ store, clock }, caller.org, cause, item)
    return c.json(view(job), 201, { etag: etag(job.version), location: `/v1/jobs/${job.id}` })
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const job = await (await ports('store')).store.find(caller.org, 'jobs', c.req.valid('param').id)
    return c.json(view(job), 200, { etag: etag(job.version) })
  })
  app.openapi(patch, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'jobs:write')
    const needs = await ports('store')
    const { title, ...words } = c.req.valid('json')
    const seen = await needs.store.find(caller.org, 'jobs', c.req.valid('param').id)
    demandMatch(c, seen.version)
    const changed = { ...nativeWords(words, { html: cleanHtml }), ...(title !== undefined && { title }) }
    const version = c.req.header('if-match') ? seen.version : undefined
    const job = await patchJob(needs, caller.org, causeOf(caller), seen.id, changed, version)
    return c.json(view(job), 200, { etag: etag(job.version) })
  })
  app.openapi(close, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'jobs:write')
    const { reason } = c.req.valid('json') ?? {}
    const job = await closeJob(await ports('store'), caller.org, causeOf(caller), c.req.valid('param').id, reason)
    return c.json(view(job), 200, { etag: etag(job.version) })
  })
  app.openapi(reopen, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'jobs:write')
    const { closesOn } = c.req.valid('json') ?? {}
    const job = await reopenJob(await ports('store'), caller.org, causeOf(caller), c.req.valid('param').id, closesOn)
    return c.json(view(job), 200, { etag: etag(job.version) })
  })
}
