import { PubSub } from '@google-cloud/pubsub'
import { alreadyExists } from './client-options.ts'
import { INVOKER, PROJECT } from './environment.ts'
import type { FunctionsList } from './functions-list.ts'

/** Every topic of the list, and one push subscription for each function that a topic triggers. Both may exist already. */
export async function createTopics(list: FunctionsList, functionsUrl: string): Promise<void> {
  const pubsub = new PubSub({ projectId: PROJECT })
  await Promise.all(list.topics.map((topic) => unlessExists(pubsub.createTopic(topic))))
  await Promise.all(
    Object.entries(list.functions).map(async ([name, { trigger, timeoutSeconds }]) => {
      if (!('topic' in trigger)) return
      const subscribing = pubsub.topic(trigger.topic).createSubscription(name, {
        pushConfig: {
          pushEndpoint: `${functionsUrl}/events/${name}?topic=${trigger.topic}`,
          oidcToken: { serviceAccountEmail: INVOKER, audience: `${functionsUrl}/${name}` },
        },
        // Pub/Sub accepts 10 s to 600 s; a function must be allowed to use its whole time before the message comes again.
        ackDeadlineSeconds: Math.min(600, Math.max(10, timeoutSeconds)),
        retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 60 } },
      })
      await unlessExists(subscribing)
    }),
  )
  await pubsub.close()
}

async function unlessExists(creating: Promise<unknown>): Promise<void> {
  try {
    await creating
  } catch (error) {
    if (!alreadyExists(error)) throw error
  }
}
