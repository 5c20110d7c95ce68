import { http } from '@google-cloud/functions-framework'
import { z } from 'zod'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import { context } from '#functions/lib/context.ts'
import { RetryLater, task } from '#functions/lib/task.ts'
import { ports } from '#functions/wiring.ts'

const Payload = z.object({ org: z.string(), campaignId: z.string(), platform: z.literal('meta'), epoch: z.int() })

http(
  'publish-meta',
  task('publish-meta', Payload, async (payload, { last }) => {
    const needs = await ports('store', 'platforms', 'tasks', 'clock')
    const drive = { ...payload, correlationId: context().correlationId, lastAttempt: last }
    const outcome = await driveChannel(needs, drive).catch((error: unknown) => {
      throw error instanceof HeldElsewhere ? new RetryLater(error.message) : error
    })
    if (outcome === 'retry') throw new RetryLater('the platform did not do it yet')
  }),
)
