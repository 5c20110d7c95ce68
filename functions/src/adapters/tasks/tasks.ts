import { CloudTasksClient } from '@google-cloud/tasks'
import { invokerOf } from '#functions/lib/caller.ts'
import type { Environment } from '#functions/lib/env.ts'
import { clientOptions } from '#functions/lib/google-clients.ts'
import { sha256 } from '#functions/lib/hash.ts'
import { functionOf } from '#functions/lib/manifest.ts'
import type { TaskRequest, Tasks } from '#functions/ports/index.ts'

const ALREADY_EXISTS = 6

/** A task is sent to the function that functions.json names for its queue; mostly both share a name. */
export function cloudTasks(env: Environment): Tasks {
  const client = new CloudTasksClient(clientOptions(env.projectId, env.local?.tasksHost))

  return {
    async enqueue({ queue, name, org, payload, runAt, correlationId }: TaskRequest) {
      const parent = client.queuePath(env.projectId, env.location, queue)
      const url = `${env.functionsUrl}/${functionOf(queue)}`
      const at = runAt ? Date.parse(runAt) : undefined
      try {
        await client.createTask({
          parent,
          task: {
            // Hashed: sequential names make hot spots in the service.
            name: `${parent}/tasks/${sha256(`${org}:${name}`)}`,
            ...(at && { scheduleTime: { seconds: Math.floor(at / 1000), nanos: (at % 1000) * 1e6 } }),
            httpRequest: {
              url,
              httpMethod: 'POST',
              headers: { 'content-type': 'application/json', 'x-correlation-id': correlationId },
              body: Buffer.from(JSON.stringify({ org, ...payload })),
              oidcToken: { serviceAccountEmail: invokerOf(env.projectId), audience: url },
            },
          },
        })
      } catch (error) {
        // The name carries the epoch: a task of that name is this very request.
        if ((error as { code?: number }).code !== ALREADY_EXISTS) throw error
      }
    },
  }
}
