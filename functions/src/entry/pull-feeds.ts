import { http } from '@google-cloud/functions-framework'
import { pullDue } from '#functions/capabilities/feeds/pull-due.ts'
import { context } from '#functions/lib/context.ts'
import { event } from '#functions/lib/event.ts'
import { log, loggable } from '#functions/lib/log.ts'
import { feedNeeds } from './routes/feed-needs.ts'

http(
  'pull-feeds',
  event('pull-feeds', async () => {
    const result = await pullDue(await feedNeeds(), context().correlationId, (feed, error) =>
      log().warn({ feed: feed.id, error: loggable(error) }, 'feed not pulled'),
    )
    log().info(result, 'feeds pulled')
  }),
)
