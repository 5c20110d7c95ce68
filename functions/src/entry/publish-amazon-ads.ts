import { http } from '@google-cloud/functions-framework'
import { z } from 'zod'
import { publishAmzCampaign } from '#functions/capabilities/amz/publish-amz-campaign.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import { context } from '#functions/lib/context.ts'
import { RetryLater, task } from '#functions/lib/task.ts'
import { ports } from '#functions/wiring.ts'

const Channel = z.object({ org: z.string(), campaignId: z.string(), platform: z.literal('amazon-ads'), epoch: z.int() })
const Amz = z.object({ org: z.string(), amzCampaignId: z.string(), epoch: z.int() })

http(
  'publish-amazon-ads',
  task('publish-amazon-ads', z.union([Channel, Amz]), async (payload, { last }) => {
    const needs = await ports('store', 'platforms', 'tasks', 'clock')
    const drive = { ...payload, correlationId: context().correlationId, lastAttempt: last }
    const work = 'amzCampaignId' in drive ? publishAmzCampaign(needs, drive) : driveChannel(needs, drive)
    const outcome = await work.catch((error: unknown) => {
      throw error instanceof HeldElsewhere ? new RetryLater(error.message) : error
    })
    if (outcome === 'retry') throw new RetryLater('the platform did not do it yet')
  }),
)
