import { http } from '@google-cloud/functions-framework'
import { trainAllWhenDue } from '#functions/capabilities/segmentation/train-all-when-due.ts'
import { context } from '#functions/lib/context.ts'
import { event } from '#functions/lib/event.ts'
import { ports } from '#functions/wiring.ts'

http(
  'segment-candidates',
  event('segment-candidates', async () =>
    trainAllWhenDue(await ports('store', 'census', 'clusterer', 'clock'), context().correlationId),
  ),
)
