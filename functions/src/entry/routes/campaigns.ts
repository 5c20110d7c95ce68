import { createRoute, z } from '@hono/zod-openapi'
import { Campaign, CampaignStatus } from '#domain/campaign.ts'
import { Channel } from '#domain/channel.ts'
import { Money } from '#domain/money.ts'
import { ChannelPlan } from '#domain/plan.ts'
import { PlannedChange } from '#domain/plan-changes.ts'
import { AdDay } from '#domain/time.ts'
import { CampaignInput, CampaignPatch } from '#functions/capabilities/campaigns/campaign-input.ts'
import { createCampaign } from '#functions/capabilities/campaigns/create-campaign.ts'
import { editCampaign } from '#functions/capabilities/campaigns/edit-campaign.ts'
import { planCampaign } from '#functions/capabilities/campaigns/plan-campaign.ts'
import { publishCampaign } from '#functions/capabilities/campaigns/publish-campaign.ts'
import { closeCampaign, pauseCampaign, resumeCampaign } from '#functions/capabilities/campaigns/steer.ts'
import { viewCampaign } from '#functions/capabilities/campaigns/view-campaign.ts'
import { readMetrics } from '#functions/capabilities/metrics/read-metrics.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { demandMatch, etag, IdParam, json, jsonBody, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'

const Whole = z.object({ campaign: Campaign, channels: z.array(Channel) }).meta({ id: 'CampaignWithChannels' })
const Plan = z
  .object({
    plan: z
      .string()
      .meta({ description: 'Names this very plan: publishing with it is refused when anything has changed' }),
    channels: z.record(z.string(), ChannelPlan),
    changes: z.record(z.string(), z.array(PlannedChange)),
    mostItCanCost: Money,
    mostOnOneDay: Money,
  })
  .meta({ id: 'CampaignPlan' })
const PublishInput = z
  .object({ plan: z.string().max(100).optional() })
  .strict()
  .meta({ id: 'PublishInput' })
const money = z.object({ minor: z.int(), currency: z.string() })
const figure = z.number().nullable()
const Metrics = z
  .object({
    impressions: figure,
    clicks: figure,
    spend: money.nullable(),
    spendMicros: figure,
    applications: figure,
    received: z.int(),
    reach: figure,
    reachRange: z.object({ since: AdDay, until: AdDay }).nullable(),
    ctr: figure,
    cpcMicros: figure,
    cpmMicros: figure,
    costPerApplicationMicros: figure,
    applyRate: figure,
    days: z.array(
      z.object({
        day: AdDay,
        impressions: z.int(),
        clicks: z.int(),
        spendMicros: z.int(),
        applications: z.int(),
        reach: z.int().nullable(),
      }),
    ),
    syncedAt: z.string().nullable(),
  })
  .meta({ id: 'CampaignMetrics' })

const list = createRoute({
  method: 'get',
  path: '/v1/campaigns',
  summary: 'Campaigns, newest first',
  request: { query: PageQuery.extend({ status: CampaignStatus.optional(), job: z.string().optional() }) },
  responses: { 200: json(pageOf(Campaign), 'A page'), ...problems },
})
const create = createRoute({
  method: 'post',
  path: '/v1/campaigns',
  summary: 'Draft a campaign for a job; nothing reaches a platform',
  request: jsonBody(CampaignInput),
  responses: { 201: json(Campaign, 'The draft'), ...problems },
})
const view = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}',
  summary: 'A campaign with its channels and their journals, all as of one moment',
  request: { params: IdParam },
  responses: { 200: json(Whole, 'The campaign'), ...problems },
})
const plan = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/plan',
  summary: 'What publishing would create, change and remove on each platform, exactly, and the most it can cost',
  request: { params: IdParam },
  responses: { 200: json(Plan, 'The plan'), ...problems },
})
const edit = createRoute({
  method: 'patch',
  path: '/v1/campaigns/{id}',
  summary: 'Change a draft, or propose a change of a running campaign: it holds once it is published',
  request: { params: IdParam, ...jsonBody(CampaignPatch) },
  responses: { 200: json(Campaign, 'The campaign; `pending` is what no platform has yet'), ...problems },
})
const publish = createRoute({
  method: 'post',
  path: '/v1/campaigns/{id}/publish',
  summary: 'Create it on its platforms, or bring it there to its changed terms',
  request: { params: IdParam, body: { content: { 'application/json': { schema: PublishInput } }, required: false } },
  responses: { 202: json(Whole, 'Accepted; the status follows when the platforms confirm'), ...problems },
})
const move = (verb: 'pause' | 'resume' | 'close', summary: string) =>
  createRoute({
    method: 'post',
    path: `/v1/campaigns/{id}/${verb}` as const,
    summary,
    request: { params: IdParam },
    responses: { 202: json(Whole, 'Accepted; the status follows when the platform confirms'), ...problems },
  })
const metrics = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/metrics',
  summary: 'Figures of a range of days, as the platform reported them last',
  request: { params: IdParam, query: z.object({ since: AdDay.optional(), until: AdDay.optional() }) },
  responses: { 200: json(Metrics, 'Figures; null = not known'), ...problems },
})

export function campaignRoutes(app: App): void {
  app.use('/v1/campaigns/*', wellFormedJson)
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { store } = await ports('store')
    const { limit, cursor, status, job } = c.req.valid('query')
    const jobId = job ? (await store.find(caller.org, 'jobs', job)).id : undefined
    const page = await store.list(caller.org, 'campaigns', {
      where: { ...(status && { status }), ...(jobId && { jobId }) },
      orderBy: ['createdAt', 'desc'],
      limit,
      ...(cursor && { cursor }),
    })
    return c.json(page, 200)
  })
  app.openapi(create, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:write')
    const needs = await ports('store', 'clock', 'copywriter')
    const campaign = await createCampaign(needs, caller.org, causeOf(caller), c.req.valid('json'))
    return c.json(campaign, 201, { etag: etag(campaign.version), location: `/v1/campaigns/${campaign.id}` })
  })
  app.openapi(view, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const whole = await viewCampaign(await ports('store'), caller.org, c.req.valid('param').id)
    return c.json(whole, 200, { etag: etag(whole.campaign.version) })
  })
  app.openapi(plan, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const needs = await ports('store', 'platforms', 'links')
    const campaign = await needs.store.find(caller.org, 'campaigns', c.req.valid('param').id)
    const { hash, channels, mostItCanCost, mostOnOneDay } = await planCampaign(needs, caller.org, campaign)
    const answer = {
      plan: hash,
      channels: Object.fromEntries(channels.map((p) => [p.platform, p.plan])),
      changes: Object.fromEntries(channels.map((p) => [p.platform, p.changes])),
      mostItCanCost,
      mostOnOneDay,
    }
    return c.json(answer, 200)
  })
  app.openapi(edit, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:write')
    const needs = await ports('store', 'clock')
    const { id } = c.req.valid('param')
    demandMatch(c, (await needs.store.find(caller.org, 'campaigns', id)).version)
    const campaign = await editCampaign(needs, caller.org, causeOf(caller), id, c.req.valid('json'))
    return c.json(campaign, 200, { etag: etag(campaign.version) })
  })
  app.openapi(publish, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:publish')
    const needs = await ports('store', 'platforms', 'links', 'tasks', 'clock')
    const { plan } = c.req.valid('json') ?? {}
    return c.json(await publishCampaign(needs, caller.org, causeOf(caller), c.req.valid('param').id, plan), 202)
  })
  app.openapi(move('close', 'Stop it for good, on every platform'), async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:pause')
    const needs = await ports('store', 'tasks', 'clock')
    return c.json(await closeCampaign(needs, caller.org, causeOf(caller), c.req.valid('param').id), 202)
  })
  app.openapi(move('pause', 'Stop spending'), async (c) => {
    const caller = c.get('caller')
    demand(caller, 'campaigns:pause')
    const needs = await ports('store', 'tasks', 'clock')
    return c.json(await pauseCampaign(needs, caller.org, causeOf(caller), c.req.valid('param').id), 202)
  })
  app.openapi(
    move('resume', 'Let what is paused run again, and try again what failed; what runs is left alone'),
    async (c) => {
      const caller = c.get('caller')
      demand(caller, 'campaigns:publish')
      const needs = await ports('store', 'tasks', 'clock')
      return c.json(await resumeCampaign(needs, caller.org, causeOf(caller), c.req.valid('param').id), 202)
    },
  )
  app.openapi(metrics, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { store } = await ports('store')
    return c.json(await readMetrics({ store }, caller.org, c.req.valid('param').id, c.req.valid('query')), 200)
  })
}
