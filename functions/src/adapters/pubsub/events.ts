import { PubSub } from '@google-cloud/pubsub'
import type { Environment } from '#functions/lib/env.ts'
import type { Events } from '#functions/ports/index.ts'

export const DOMAIN_EVENTS = 'domain-events'

export function pubsubEvents(env: Environment): Events {
  const topic = new PubSub({ projectId: env.projectId }).topic(DOMAIN_EVENTS)
  return {
    async publish(events) {
      await Promise.all(
        events.map((event) =>
          topic.publishMessage({
            json: event,
            attributes: { type: event.type, org: event.org, correlationId: event.correlationId },
          }),
        ),
      )
    },
  }
}
