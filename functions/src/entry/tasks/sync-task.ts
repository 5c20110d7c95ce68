import { http } from '@google-cloud/functions-framework'
import { z } from 'zod'
import { syncAccount } from '#functions/capabilities/metrics/sync-account.ts'
import { SyncPayload } from '#functions/capabilities/metrics/turn.ts'
import { context } from '#functions/lib/context.ts'
import { RetryLater, task } from '#functions/lib/task.ts'
import { ports } from '#functions/wiring.ts'

const Payload = SyncPayload.extend({ org: z.string() })

/** A function that syncs ad accounts from the queue of its name. */
export function syncFunction(name: string): void {
  http(
    name,
    task(name, Payload, async (payload, { last }) => {
      const needs = await ports('store', 'platforms', 'tasks', 'clock')
      const sync = { ...payload, correlationId: context().correlationId, lastAttempt: last }
      const outcome = await syncAccount(needs, sync)
      if (outcome === 'retry') throw new RetryLater('the report is not to be had yet')
    }),
  )
}
