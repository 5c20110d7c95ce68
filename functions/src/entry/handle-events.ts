import { http } from '@google-cloud/functions-framework'
import { system } from '#domain/actor.ts'
import { DomainEvent } from '#domain/event.ts'
import { haltCampaigns } from '#functions/capabilities/campaigns/halt.ts'
import { pauseForJob } from '#functions/capabilities/campaigns/pause-for-job.ts'
import { releaseHalted } from '#functions/capabilities/campaigns/release-halted.ts'
import { assignCandidates } from '#functions/capabilities/segmentation/assign-candidates.ts'
import { event } from '#functions/lib/event.ts'
import { ports } from '#functions/wiring.ts'

http(
  'handle-events',
  event('handle-events', async ({ json }) => {
    const { id, type, org, subjects, correlationId } = DomainEvent.parse(json)
    const cause = { actor: system('handle-events'), correlationId }
    const needs = await ports('store', 'tasks', 'clock')
    if (type === 'job.closed') for (const jobId of subjects) await pauseForJob(needs, org, cause, jobId, id)
    if (type === 'org.stopped') await haltCampaigns(needs, org, cause)
    if (type === 'org.released') await releaseHalted(needs, org, cause)
    if (type === 'candidates.changed') await assignCandidates(needs, org, subjects, cause)
  }),
)
