import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Trigger = z.union([
  z.strictObject({ http: z.strictObject({ public: z.boolean(), callers: z.array(z.string()).optional() }) }),
  z.strictObject({ topic: z.string() }),
  z.strictObject({ queue: z.string() }),
])

const Queue = z.object({
  maxDispatchesPerSecond: z.number().positive(),
  maxConcurrentDispatches: z.int().positive(),
  maxAttempts: z.int(),
  minBackoffSeconds: z.number().nonnegative(),
  maxBackoffSeconds: z.number().positive(),
  maxDoublings: z.int().nonnegative(),
})
export type Queue = z.infer<typeof Queue>

const Schedule = z.object({ cron: z.string(), timeZone: z.string(), topic: z.string(), settable: z.boolean() })
export type Schedule = z.infer<typeof Schedule>

const FunctionsList = z.object({
  functions: z.record(z.string(), z.object({ trigger: Trigger, timeoutSeconds: z.int().positive() })),
  queues: z.record(z.string(), Queue),
  topics: z.array(z.string()),
  schedules: z.record(z.string(), Schedule),
})
export type FunctionsList = z.infer<typeof FunctionsList>

/** The one list of everything that is deployed, as the local stack needs it. */
export const functionsList = (): FunctionsList =>
  FunctionsList.parse(JSON.parse(readFileSync(new URL('../../functions/functions.json', import.meta.url), 'utf8')))
