import { z } from 'zod'
import { Brief } from './brief.ts'
import { Connection } from './connection.ts'
import { Id } from './ids.ts'
import { PlannedStep } from './plan.ts'
import { AdDay, Instant } from './time.ts'

const Made = z.record(z.string(), z.string())
const OfStep = { step: PlannedStep, made: Made }

const Call = z.discriminatedUnion('method', [
  z.object({ method: z.literal('plan'), brief: Brief }),
  z.object({ method: z.literal('create'), ...OfStep }),
  z.object({ method: z.literal('update'), ...OfStep }),
  z.object({ method: z.literal('find'), ...OfStep }),
  z.object({ method: z.literal('set'), made: Made, delivery: z.enum(['active', 'paused']) }),
  z.object({ method: z.literal('state'), made: Made }),
  z.object({ method: z.literal('remove'), level: z.string(), id: z.string() }),
  z.object({ method: z.literal('stopped') }),
  z.object({
    method: z.literal('report'),
    query: z.discriminatedUnion('grain', [
      z.object({ grain: z.literal('days'), since: AdDay, until: AdDay }),
      z.object({ grain: z.literal('lifetime') }),
    ]),
    token: z.string().nullable(),
  }),
  z.object({ method: z.literal('check') }),
])
export type Call = z.infer<typeof Call>

/** One call of an ad platform, as one function asks another to make it. */
export const PlatformCall = z.object({
  org: Id,
  connection: Connection,
  /** It confirms a pause that was made before. */
  urgent: z.boolean(),
  /** Real time: what changes something is not begun after it, because whoever asked has given up by then. */
  startBy: Instant,
  call: Call,
})
export type PlatformCall = z.infer<typeof PlatformCall>
