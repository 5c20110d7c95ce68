import { z } from 'zod'

/** What Pub/Sub pushes. `data` is base64; a message may carry attributes alone. */
const Push = z.object({
  message: z.object({
    messageId: z.string(),
    publishTime: z.string(),
    data: z.string().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    orderingKey: z.string().optional(),
  }),
  subscription: z.string(),
  deliveryAttempt: z.int().optional(),
})

type CloudEventRequest = { headers: Record<string, string>; body: string }

/**
 * A Pub/Sub push as Eventarc hands it to a function: a binary-mode CloudEvent that keeps the subscription, and a message with
 * attributes alone, both of which the Functions Framework's own conversion loses. `fault` says why when it is no push.
 */
export function cloudEventOf(push: unknown, project: string, topic: string): CloudEventRequest | { fault: string } {
  const read = Push.safeParse(push)
  if (!read.success) return { fault: z.prettifyError(read.error) }
  const { message, subscription, deliveryAttempt } = read.data
  return {
    headers: {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': message.messageId,
      'ce-time': message.publishTime,
      'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
      'ce-source': `//pubsub.googleapis.com/projects/${project}/topics/${topic}`,
    },
    body: JSON.stringify({
      message: { ...message, data: message.data ?? '', attributes: message.attributes ?? {} },
      subscription,
      ...(deliveryAttempt === undefined ? {} : { deliveryAttempt }),
    }),
  }
}
