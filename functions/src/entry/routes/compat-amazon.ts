import { createRoute, z } from '@hono/zod-openapi'
import { AMZ_STATUSES, type AmzCampaign } from '#domain/amz-campaign.ts'
import { majorText } from '#domain/money.ts'
import { AmzCampaignInput, createAmzCampaign } from '#functions/capabilities/amz/create-amz-campaign.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { json, jsonBody, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const Shown = z
  .object({
    id: z.string(),
    name: z.string(),
    budget: z.number(),
    keywords: z.string(),
    status: z.enum(AMZ_STATUSES),
    external_id: z.string().nullable(),
    reason: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'AmzCampaign' })

const PATH = '/compat/amazon/api/campaigns/'
const MOST = 200

const create = {
  method: 'post',
  summary: 'AMZ: a campaign by name, budget and keywords, without a job; it reaches the platform shortly after',
  request: jsonBody(AmzCampaignInput),
  responses: { 201: json(Shown, 'Taken; PENDING until the platform has it'), ...problems },
} as const
const list = {
  method: 'get',
  summary: `AMZ: the newest ${MOST} campaigns with what the platform said of them last`,
  responses: { 200: json(z.array(Shown), 'Newest first'), ...problems },
} as const

const shown = (campaign: AmzCampaign): z.infer<typeof Shown> => ({
  id: campaign.id,
  name: campaign.name,
  budget: Number(majorText(campaign.budget)),
  keywords: campaign.keywords,
  status: campaign.status,
  external_id: campaign.externalId,
  reason: campaign.reason ? (campaign.reason.message ?? campaign.reason.code) : null,
  created_at: campaign.createdAt,
})

/** The interface of the AMZ system, for a caller that speaks nothing else. */
export function compatAmazonRoutes(app: App): void {
  app.use('/compat/amazon/*', wellFormedJson)
  // Proxies on the way may take the last slash off.
  for (const place of [{ path: PATH }, { path: PATH.slice(0, -1), hide: true }]) routes(app, place)
}

function routes(app: App, place: { path: string; hide?: boolean }): void {
  app.openapi(createRoute({ ...create, ...place }), async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:publish')
    const needs = await ports('store', 'tasks')
    return c.json(shown(await createAmzCampaign(needs, caller.org, causeOf(caller), c.req.valid('json'))), 201)
  })
  app.openapi(createRoute({ ...list, ...place }), async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { store } = await ports('store')
    const page = await store.list(caller.org, 'amzCampaigns', { orderBy: ['createdAt', 'desc'], limit: MOST })
    return c.json(page.items.map(shown), 200)
  })
}
