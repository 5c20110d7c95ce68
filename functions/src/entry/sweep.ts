import { http } from '@google-cloud/functions-framework'
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
    const needs = await ports('store', 'census', 'tasks', 'clock', 'events', 'platforms')
    const { correlationId } = context()
    await relayOutbox(needs, correlationId)
    await expireJobs(needs, correlationId)
    await wakeLate(needs, correlationId)
    await removeStrays(needs, correlationId)
  }),
)
