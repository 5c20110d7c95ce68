import { DomainError } from '#domain/errors.ts'
import { receiveWebhook } from '#functions/capabilities/feeds/receive-webhook.ts'
import { context } from '#functions/lib/context.ts'
import type { App } from '#functions/lib/http.ts'
import { feedNeeds } from './feed-needs.ts'

const MOST_BYTES = 1024 * 1024

/** Vendors prove themselves by their signature, so that there is no session here. A refusal says nothing, not even why. */
export function hookRoutes(app: App): void {
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/hooks/{feedId}',
    summary: "A vendor's webhook, verified by the vendor's own signature",
    security: [],
    responses: { 200: { description: 'Taken, or taken before' }, 401: { description: 'Not proven; no body' } },
  })
  app.post('/hooks/:feedId', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (body.length > MOST_BYTES)
      throw new DomainError('too_large', 'A webhook is at most 1 MiB', { remedy: 'Push large lists to /v1/jobs.' })
    const delivery = { header: (name: string) => c.req.header(name), body }
    const { correlationId } = context()
    const reception = await receiveWebhook(
      await feedNeeds(),
      c.req.param('feedId'),
      delivery,
      correlationId,
      new Date(),
    )
    if (reception.kind === 'refused') return c.body(null, 401)
    if (reception.kind === 'duplicate') return c.json({ duplicate: true }, 200)
    if (reception.kind === 'taken') return c.json(reception.counts, 200)
    return c.body(null, 200, { 'x-hook-secret': reception.word })
  })
}
