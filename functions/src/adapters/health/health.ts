import type { Firestore } from '@google-cloud/firestore'
import type { Environment } from '#functions/lib/env.ts'

const TIMEOUT_MS = 3000

async function probe(work: () => Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  try {
    await Promise.race([work(), late])
    return 'ok'
  } catch (error) {
    return error instanceof Error ? error.message : 'failed'
  } finally {
    clearTimeout(timer)
  }
}

/** One cheap call per dependency; the value is 'ok' or what is wrong with it. */
export const healthChecks = (env: Environment, db: Firestore) => async (): Promise<Record<string, string>> => {
  const checks: Record<string, () => Promise<unknown>> = {
    firestore: () => db.doc('health/probe').get(),
    pubsub: async () => {
      const { PubSub } = await import('@google-cloud/pubsub')
      await new PubSub({ projectId: env.projectId }).topic('domain-events').getMetadata()
    },
    tasks: async () => {
      const { CloudTasksClient } = await import('@google-cloud/tasks')
      const { clientOptions } = await import('#functions/lib/google-clients.ts')
      const client = new CloudTasksClient(clientOptions(env.projectId, env.local?.tasksHost))
      await client.getQueue({ name: client.queuePath(env.projectId, env.location, 'publish-meta') })
    },
    scheduler: async () => {
      const { CloudSchedulerClient } = await import('@google-cloud/scheduler')
      const { clientOptions } = await import('#functions/lib/google-clients.ts')
      const client = new CloudSchedulerClient(clientOptions(env.projectId, env.local?.schedulerHost))
      await client.getJob({ name: client.jobPath(env.projectId, env.location, 'sweep') })
    },
  }
  const entries = await Promise.all(Object.entries(checks).map(async ([name, work]) => [name, await probe(work)]))
  return Object.fromEntries(entries) as Record<string, string>
}
