import { http } from '@google-cloud/functions-framework'
import { system } from '#domain/actor.ts'
import { DomainEvent } from '#domain/event.ts'
import { pauseForJob } from '#functions/capabilities/campaigns/pause-for-job.ts'
import { event } from '#functions/lib/event.ts'
import { ports } from '#functions/wiring.ts'

http(
  'handle-events',
  event('handle-events', async ({ json }) => {
    const { type, org, subjects, correlationId } = DomainEvent.parse(json)
    const cause = { actor: system('handle-events'), correlationId }
    if (type === 'job.closed') {
      const needs = await ports('store', 'tasks', 'clock')
      for (const jobId of subjects) await pauseForJob(needs, org, cause, jobId)
    }
  }),
)
