import type { HttpFunction } from '@google-cloud/functions-framework'
import { z } from 'zod'
import { verifyMachine } from './caller.ts'
import { correlationIdFrom, withContext } from './context.ts'
import { env } from './env.ts'
import { log, loggable } from './log.ts'
import { problemOf } from './problem.ts'
import { bodyOf } from './task.ts'

/** The data of a CloudEvent of type google.cloud.pubsub.topic.v1.messagePublished. */
const Published = z.object({
  message: z.object({
    messageId: z.string().default(''),
    data: z.string().default(''),
    attributes: z.record(z.string(), z.string()).default({}),
  }),
})

export interface PubsubMessage {
  /** The same for every delivery of one message: CloudEvents' id, or the push subscription's own. */
  id: string
  attributes: Record<string, string>
  /** Decoded JSON of `data`; null where a message has attributes alone. */
  json: unknown
}

/**
 * A function that takes Pub/Sub's CloudEvents (binary mode over HTTP). It is registered as an HTTP function because the framework's
 * event signature hides the headers, and with them the token that says who is calling.
 */
export function event(functionName: string, run: (message: PubsubMessage) => Promise<unknown>): HttpFunction {
  return async (req, res) => {
    try {
      await verifyMachine(env(), functionName, req.get('authorization'))
    } catch (error) {
      const problem = problemOf(error)
      res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
      return
    }
    const parsed = Published.safeParse(bodyOf(req))
    if (!parsed.success) {
      // Redelivery would not mend it: it is logged and acknowledged.
      log().error({ issues: parsed.error.issues }, 'not a Pub/Sub event')
      res.sendStatus(204)
      return
    }
    const { data, attributes, messageId } = parsed.data.message
    await withContext({ correlationId: correlationIdFrom(attributes.correlationId), functionName }, async () => {
      try {
        const text = Buffer.from(data, 'base64').toString('utf8')
        await run({ id: req.get('ce-id') ?? messageId, attributes, json: text ? JSON.parse(text) : null })
        res.sendStatus(204)
      } catch (error) {
        log().error({ error: loggable(error) }, 'event will be delivered again')
        res.sendStatus(503)
      }
    })
  }
}
