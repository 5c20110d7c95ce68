import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Candidate, ContactDetails } from '#domain/candidate.ts'
import { DomainError } from '#domain/errors.ts'
import { CandidateInput, CandidatePatch } from '#domain/import/candidate-input.ts'
import { createCandidate } from '#functions/capabilities/candidates/create-candidate.ts'
import { importCandidates } from '#functions/capabilities/candidates/import-candidates.ts'
import { listCandidates } from '#functions/capabilities/candidates/list-candidates.ts'
import { patchCandidate } from '#functions/capabilities/candidates/patch-candidate.ts'
import { viewContact } from '#functions/capabilities/candidates/view-contact.ts'
import type { App, HttpEnv } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { demandMatch, etag, IdParam, json, jsonBody, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { readRecords } from '#functions/lib/read-records.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const CandidateView = Candidate.omit({ auditHash: true, recordHash: true }).meta({ id: 'CandidateView' })
const view = ({ auditHash: _, recordHash: __, ...candidate }: Candidate): z.infer<typeof CandidateView> => candidate
const ContactView = ContactDetails.extend({ candidate: z.string() }).meta({ id: 'ContactView' })

const Imported = z
  .object({
    received: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    rejected: z.int(),
    problems: z.array(z.object({ index: z.int(), at: z.string(), message: z.string(), remedy: z.string().optional() })),
    columns: z.object({
      taken: z.array(z.object({ name: z.string(), field: z.string() })),
      ignored: z.array(z.string()),
    }),
    candidates: z.array(z.object({ id: z.string(), ref: z.string(), outcome: z.string() })),
  })
  .meta({ id: 'CandidateImport' })

const list = createRoute({
  method: 'get',
  path: '/v1/candidates',
  summary: 'Candidates, newest first; profiles without identity',
  request: { query: PageQuery.extend({ segment: z.string().max(128).optional() }) },
  responses: { 200: json(pageOf(CandidateView), 'A page'), ...problems },
})
const create = createRoute({
  method: 'post',
  path: '/v1/candidates',
  summary: 'Create one candidate; its segment follows in a moment',
  request: jsonBody(CandidateInput),
  responses: { 201: json(CandidateView, 'The candidate'), ...problems },
})
const read = createRoute({
  method: 'get',
  path: '/v1/candidates/{id}',
  summary: 'A candidate, without identity',
  request: { params: IdParam },
  responses: { 200: json(CandidateView, 'The candidate'), ...problems },
})
const patch = createRoute({
  method: 'patch',
  path: '/v1/candidates/{id}',
  summary: 'Change fields; null clears one, a consent is added to those given',
  request: { params: IdParam, ...jsonBody(CandidatePatch) },
  responses: { 200: json(CandidateView, 'The candidate'), ...problems },
})
const contact = createRoute({
  method: 'get',
  path: '/v1/candidates/{id}/contact',
  summary: 'Name, mail and phone; every look is recorded with who looked',
  request: { params: IdParam },
  responses: { 200: json(ContactView, 'Null = not known'), ...problems },
})

const ImportQuery = z.object({
  mapping: z.string().max(20_000).optional().meta({
    description: 'JSON {column: field}, with options such as "desiredSalary:USD:YEAR" or "yearsExperience:months"',
  }),
  source: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Whose ids these are; `import` without it' }),
})

/** Documented, but not validated by the router: a wrong record costs itself alone. */
const importing = {
  method: 'post' as const,
  path: '/v1/candidates/import',
  summary: 'Import CSV, NDJSON or a JSON array; sending it again changes nothing',
  request: {
    query: ImportQuery,
    body: {
      required: true,
      content: {
        'text/csv': { schema: z.string() },
        'application/x-ndjson': { schema: z.string() },
        'application/json': { schema: z.array(z.record(z.string(), z.unknown())) },
      },
    },
  },
  responses: { 200: json(Imported, 'What became of each record, after the write is durable'), ...problems },
}

function mappingOf(text: string | undefined): Record<string, string | null> {
  if (text === undefined) return {}
  try {
    return z.record(z.string(), z.string().nullable()).parse(JSON.parse(text))
  } catch {
    throw new DomainError('invalid', 'The mapping is not a JSON object of column to field', {
      remedy: 'Write it like {"Years": "yearsExperience", "Notes": null}.',
      problems: [{ at: '/mapping', message: 'not an object of strings' }],
    })
  }
}

async function importFile(c: Context<HttpEnv>) {
  const caller = c.get('caller')
  demand(caller, 'candidates:write')
  const { mapping, source } = ImportQuery.parse(c.req.query())
  const file = readRecords(new Uint8Array(await c.req.arrayBuffer()), c.req.header('content-type'))
  const options = { mapping: mappingOf(mapping), source }
  return c.json(await importCandidates(await ports('store'), caller.org, causeOf(caller), file, options), 200)
}

export function candidateRoutes(app: App): void {
  app.openAPIRegistry.registerPath(importing)
  app.post(importing.path, importFile)
  app.use('/v1/candidates', wellFormedJson)
  app.use('/v1/candidates/:id', wellFormedJson)
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { segment, ...page } = c.req.valid('query')
    const { items, next } = await listCandidates(await ports('store'), caller.org, segment, page)
    return c.json({ items: items.map(view), next }, 200)
  })
  app.openapi(create, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const made = await createCandidate(await ports('store'), caller.org, causeOf(caller), c.req.valid('json'))
    return c.json(view(made), 201, { etag: etag(made.version), location: `/v1/candidates/${made.id}` })
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const found = await (await ports('store')).store.find(caller.org, 'candidates', c.req.valid('param').id)
    return c.json(view(found), 200, { etag: etag(found.version) })
  })
  app.openapi(patch, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'candidates:write')
    const needs = await ports('store')
    const seen = await needs.store.find(caller.org, 'candidates', c.req.valid('param').id)
    demandMatch(c, seen.version)
    const version = c.req.header('if-match') ? seen.version : undefined
    const changed = await patchCandidate(needs, caller.org, causeOf(caller), seen.id, c.req.valid('json'), version)
    return c.json(view(changed), 200, { etag: etag(changed.version) })
  })
  app.openapi(contact, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'contacts:read')
    const needs = await ports('store')
    const found = await viewContact(needs, caller.org, causeOf(caller), c.req.valid('param').id)
    return c.json(found, 200, { 'cache-control': 'no-store' })
  })
}
