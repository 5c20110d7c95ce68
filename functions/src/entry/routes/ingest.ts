import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { FEED_FORMATS } from '#domain/feed.ts'
import { formatNamed } from '#domain/ingest/formats.ts'
import { JobInput } from '#domain/ingest/native.ts'
import { IngestResult } from '#domain/ingest/result.ts'
import { resolveSource } from '#functions/capabilities/feeds/resolve-source.ts'
import { ingestRecords } from '#functions/capabilities/jobs/ingest-records.ts'
import type { App, HttpEnv } from '#functions/lib/http.ts'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { readPushed } from '#functions/lib/intake/read.ts'
import { json, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const Query = z.object({
  source: z.string().max(128).optional().meta({ description: 'A feed, by id or name; `push` without one' }),
  format: z
    .string()
    .max(40)
    .optional()
    .meta({ description: `One of ${FEED_FORMATS.join(', ')}; recognised from the document where it is left out` }),
})

/** Documented, but not validated by the router: any content type is read, and a wrong record costs itself alone. */
const described = (path: string) => ({
  method: 'post' as const,
  path,
  summary: 'Push jobs: one, a list, NDJSON, a vendor document, XML or CSV; gzip is accepted',
  request: {
    query: Query,
    body: {
      required: true,
      content: {
        'application/json': { schema: z.union([JobInput, z.array(JobInput)]) },
        'application/x-ndjson': { schema: z.string() },
        'application/xml': { schema: z.string() },
        'text/csv': { schema: z.string() },
      },
    },
  },
  responses: { 200: json(IngestResult, 'What became of each record, after the write is durable'), ...problems },
})

async function push(c: Context<HttpEnv>) {
  const query = Query.parse(c.req.query())
  const caller = c.get('caller')
  demand(caller, 'jobs:write')
  const named = query.format ? formatNamed(query.format) : undefined
  const { store, clock } = await ports('store', 'clock')
  const source = await resolveSource(store, caller.org, query.source)
  const { currency, timeZone } = await store.organisation(caller.org)
  const { format, items } = readPushed(
    new Uint8Array(await c.req.arrayBuffer()),
    { format: named ?? source.format, contentType: c.req.header('content-type') },
    mappingContext(clock.now().toISOString(), currency),
  )
  const { result } = await ingestRecords(
    { store, clock },
    { org: caller.org, source: source.id, cause: causeOf(caller), zone: timeZone, listing: format !== 'native' },
    items,
  )
  return c.json(result, 200)
}

export function ingestRoutes(app: App): void {
  for (const path of ['/v1/jobs', '/']) {
    app.openAPIRegistry.registerPath(described(path))
    app.post(path, push)
  }
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'AdFlux: pushing jobs', version: '1', description: 'One job, many, or what your ATS exports.' },
    security: [{ bearer: [] }],
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (af_…) with the scope jobs:write',
  })
}
