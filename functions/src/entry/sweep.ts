import { http } from '@google-cloud/functions-framework'
import { refreshAmzCampaigns } from '#functions/capabilities/amz/refresh-amz-campaigns.ts'
import { haltStopped } from '#functions/capabilities/campaigns/halt.ts'
import { removeStrays } from '#functions/capabilities/campaigns/remove-strays.ts'
import { wakeLate } from '#functions/capabilities/campaigns/wake-late.ts'
import { expireJobs } from '#functions/capabilities/jobs/expire-jobs.ts'
import { relayOutbox } from '#functions/capabilities/outbox/relay-outbox.ts'
import { context } from '#functions/lib/context.ts'
import { event } from '#functions/lib/event.ts'
import { ports } from '#functions/wiring.ts'

http(
  'sweep',
  event('sweep', async () => {
    const needs = await ports('store', 'census', 'tasks', 'clock', 'events', 'killSwitch', 'platforms')
    const { correlationId } = context()
    await relayOutbox(needs, correlationId)
    await expireJobs(needs, correlationId)
    await haltStopped(needs, correlationId)
    await wakeLate(needs, correlationId)
    await removeStrays(needs, correlationId)
    await refreshAmzCampaigns(needs, correlationId)
  }),
)
