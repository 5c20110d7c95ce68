import { createRoute, z } from '@hono/zod-openapi'
import { Creative } from '#domain/creative.ts'
import { Image } from '#domain/machinery.ts'
import { composeCopy } from '#functions/capabilities/campaigns/compose-copy.ts'
import { uploadImage } from '#functions/capabilities/images/upload-image.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { json, jsonBody, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const CopyInput = z
  .object({ job: z.string().min(1), language: z.enum(['es', 'en']).optional() })
  .strict()
  .meta({ id: 'CopyInput' })
const Copy = Creative.pick({ primaryText: true, headline: true, description: true, copyBy: true }).meta({ id: 'Copy' })
const bytes = z.string().meta({ format: 'binary' })

const upload = createRoute({
  method: 'post',
  path: '/v1/images',
  summary: 'Upload a PNG or JPEG for creatives; the same bytes are the same image',
  description:
    'The bytes go to every connected ad account at once and are kept there alone; AdFlux keeps facts and a thumbnail. 422 where no ' +
    'connected account takes images, 503 where one does not answer: then nothing is kept and the upload can be repeated. After ' +
    'connecting another account, upload the image again.',
  request: { body: { content: { 'image/png': { schema: bytes }, 'image/jpeg': { schema: bytes } }, required: true } },
  responses: { 201: json(Image, 'Its id is what a campaign names'), ...problems },
})
const suggest = createRoute({
  method: 'post',
  path: '/v1/copy',
  summary: 'Ad copy for a job within every platform’s limits',
  request: jsonBody(CopyInput),
  responses: { 200: json(Copy, 'Copy and who wrote it'), ...problems },
})

export function creativeRoutes(app: App): void {
  app.use('/v1/copy', wellFormedJson)
  app.openapi(upload, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:write')
    const needs = await ports('store', 'images', 'platforms')
    const content = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await uploadImage(needs, caller.org, causeOf(caller), content), 201)
  })
  app.openapi(suggest, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:write')
    const needs = await ports('store', 'copywriter')
    const { job: wanted, language } = c.req.valid('json')
    const job = await needs.store.find(caller.org, 'jobs', wanted)
    return c.json(await composeCopy(needs, job, language), 200)
  })
}
