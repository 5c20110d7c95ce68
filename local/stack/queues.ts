import { CloudTasksClient } from '@google-cloud/tasks'
import { alreadyExists, standInOptions } from './client-options.ts'
import { LOCATION, PROJECT } from './environment.ts'
import type { FunctionsList, Queue } from './functions-list.ts'

/** Every queue of the list with its limits, made or brought up to date. */
export async function createQueues(list: FunctionsList, port: number): Promise<void> {
  const client = new CloudTasksClient(standInOptions(port))
  const parent = client.locationPath(PROJECT, LOCATION)
  await Promise.all(
    Object.entries(list.queues).map(async ([name, limits]) => {
      const queue = asQueue(client.queuePath(PROJECT, LOCATION, name), limits)
      try {
        await client.createQueue({ parent, queue })
      } catch (error) {
        if (!alreadyExists(error)) throw error
        await client.updateQueue({ queue, updateMask: { paths: ['rate_limits', 'retry_config'] } })
      }
    }),
  )
  await client.close()
}

const asQueue = (name: string, limits: Queue) => ({
  name,
  rateLimits: {
    maxDispatchesPerSecond: limits.maxDispatchesPerSecond,
    maxConcurrentDispatches: limits.maxConcurrentDispatches,
  },
  retryConfig: {
    maxAttempts: limits.maxAttempts,
    minBackoff: { seconds: limits.minBackoffSeconds },
    maxBackoff: { seconds: limits.maxBackoffSeconds },
    maxDoublings: limits.maxDoublings,
  },
})
