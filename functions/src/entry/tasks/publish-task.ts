import { http } from '@google-cloud/functions-framework'
import { z } from 'zod'
import type { PlatformKey } from '#domain/ids.ts'
import { driveChannel } from '#functions/capabilities/campaigns/drive-channel.ts'
import { HeldElsewhere } from '#functions/capabilities/campaigns/lease.ts'
import { context } from '#functions/lib/context.ts'
import { RetryLater, task } from '#functions/lib/task.ts'
import { ports } from '#functions/wiring.ts'

/** A function that drives the channels of one platform, from the queue of its name. */
export function publishFunction(name: string, platform: PlatformKey): void {
  const payload = z.object({ org: z.string(), campaignId: z.string(), platform: z.literal(platform), epoch: z.int() })
  http(
    name,
    task(name, payload, async (given, { last, retryInSeconds }) => {
      const needs = await ports('store', 'platforms', 'tasks', 'clock')
      const drive = { ...given, correlationId: context().correlationId, lastAttempt: last, retryInSeconds }
      const outcome = await driveChannel(needs, drive).catch((error: unknown) => {
        throw error instanceof HeldElsewhere ? new RetryLater(error.message) : error
      })
      if (outcome === 'retry') throw new RetryLater('the platform did not do it yet')
    }),
  )
}
