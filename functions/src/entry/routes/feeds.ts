import { createRoute, z } from '@hono/zod-openapi'
import { Feed } from '#domain/feed.ts'
import { addFeed } from '#functions/capabilities/feeds/add-feed.ts'
import { FeedInput, FeedPatch } from '#functions/capabilities/feeds/feed-input.ts'
import { patchFeed } from '#functions/capabilities/feeds/patch-feed.ts'
import { Pulled, pullFeed } from '#functions/capabilities/feeds/pull-feed.ts'
import { removeFeed } from '#functions/capabilities/feeds/remove-feed.ts'
import { feedOf, listFeeds } from '#functions/capabilities/feeds/resolve-source.ts'
import { env } from '#functions/lib/env.ts'
import type { App } from '#functions/lib/http.ts'
import { wellFormedJson } from '#functions/lib/intake/well-formed.ts'
import { demandMatch, etag, IdParam, json, jsonBody, PageQuery, pageOf, problems } from '#functions/lib/openapi.ts'
import { causeOf, demand } from '#functions/lib/session.ts'
import { ports } from '#functions/wiring.ts'
import { feedNeeds } from './feed-needs.ts'

const FeedView = Feed.omit({ auditHash: true })
  .extend({ webhookUrl: z.string().meta({ description: "Where the vendor's webhooks go" }) })
  .meta({ id: 'FeedView' })
const Added = FeedView.extend({
  webhookSecret: z.string().nullable().meta({ description: 'Told once, where AdFlux made it' }),
}).meta({ id: 'AddedFeed' })
const PullOptions = z
  .strictObject({
    closeAbsent: z.boolean().default(false).meta({ description: 'Openings that were held back are gone indeed' }),
  })
  .meta({ id: 'PullOptions' })

const view = ({ auditHash: _, ...feed }: Feed): z.infer<typeof FeedView> => ({
  ...feed,
  webhookUrl: `${env().functionsUrl}/ingest-jobs/hooks/${feed.id}`,
})

const list = createRoute({
  method: 'get',
  path: '/v1/feeds',
  summary: 'Feeds and their health',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(FeedView), 'A page'), ...problems },
})
const add = createRoute({
  method: 'post',
  path: '/v1/feeds',
  summary: 'Add a feed: pulled from an address, pushed to, or told by webhooks',
  request: jsonBody(FeedInput),
  responses: { 201: json(Added, 'The feed, its webhook address and its secret'), ...problems },
})
const read = createRoute({
  method: 'get',
  path: '/v1/feeds/{id}',
  summary: 'A feed, by id or name',
  request: { params: IdParam },
  responses: { 200: json(FeedView, 'The feed'), ...problems },
})
const patch = createRoute({
  method: 'patch',
  path: '/v1/feeds/{id}',
  summary: 'Change a feed, or give it the next webhook secret',
  request: { params: IdParam, ...jsonBody(FeedPatch) },
  responses: { 200: json(FeedView, 'The feed'), ...problems },
})
const pull = createRoute({
  method: 'post',
  path: '/v1/feeds/{id}/pull',
  summary: 'Pull a feed now',
  request: {
    params: IdParam,
    body: { content: { 'application/json': { schema: PullOptions } }, required: false },
  },
  responses: { 200: json(Pulled, 'What became of each record'), ...problems },
})
const remove = createRoute({
  method: 'delete',
  path: '/v1/feeds/{id}',
  summary: 'Remove a feed; its openings stay as they are',
  request: { params: IdParam },
  responses: { 204: { description: 'It is gone' }, ...problems },
})

export function feedRoutes(app: App): void {
  app.use('/v1/feeds/*', wellFormedJson)
  app.openapi(list, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { items, next } = await listFeeds(await ports('store'), caller.org, c.req.valid('query'))
    return c.json({ items: items.map(view), next }, 200)
  })
  app.openapi(add, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'feeds:write')
    const needs = await ports('store', 'secrets', 'clock')
    const { feed, webhookSecret } = await addFeed(needs, caller.org, causeOf(caller), c.req.valid('json'))
    return c.json({ ...view(feed), webhookSecret }, 201, {
      etag: etag(feed.version),
      location: `/v1/feeds/${feed.id}`,
    })
  })
  app.openapi(read, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'read')
    const { store } = await ports('store')
    const feed = await feedOf(store, caller.org, c.req.valid('param').id)
    return c.json(view(feed), 200, { etag: etag(feed.version) })
  })
  app.openapi(patch, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'feeds:write')
    const needs = await ports('store', 'secrets')
    const seen = await feedOf(needs.store, caller.org, c.req.valid('param').id)
    demandMatch(c, seen.version)
    const feed = await patchFeed(needs, caller.org, causeOf(caller), seen, c.req.valid('json'))
    return c.json(view(feed), 200, { etag: etag(feed.version) })
  })
  app.openapi(pull, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'feeds:write')
    const needs = await feedNeeds()
    const feed = await feedOf(needs.store, caller.org, c.req.valid('param').id)
    const { closeAbsent = false } = c.req.valid('json') ?? {}
    return c.json(await pullFeed(needs, caller.org, causeOf(caller), feed, closeAbsent), 200)
  })
  app.openapi(remove, async (c) => {
    const caller = c.get('caller')
    demand(caller, 'feeds:write')
    await removeFeed(await ports('store', 'secrets'), caller.org, causeOf(caller), c.req.valid('param').id)
    return c.body(null, 204)
  })
}
