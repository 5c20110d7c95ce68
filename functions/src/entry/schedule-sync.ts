import { http } from '@google-cloud/functions-framework'
import { startSyncs } from '#functions/capabilities/metrics/start-syncs.ts'
import { context } from '#functions/lib/context.ts'
import { event } from '#functions/lib/event.ts'
import { ports } from '#functions/wiring.ts'

http(
  'schedule-sync',
  event('schedule-sync', async () => startSyncs(await ports('store', 'tasks', 'census'), context().correlationId)),
)
