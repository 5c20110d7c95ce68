import { z } from 'zod'
import { Confirmed } from '#domain/channel.ts'
import { DomainError, ERROR_CODES } from '#domain/errors.ts'
import { DayRow } from '#domain/metrics.ts'
import { ChannelPlan } from '#domain/plan.ts'
import { FailureDetails, FailureKind, PlatformFailure } from '#domain/platform-failure.ts'
import { AdDay } from '#domain/time.ts'

const Failed = z.object({ failure: z.object({ kind: FailureKind, message: z.string(), details: FailureDetails }) })
const Refused = z.object({
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), remedy: z.string().exactOptional() }),
})

/** What was thrown there, to be thrown here; undefined for an answer. */
export function thrownThere(json: unknown): PlatformFailure | DomainError | undefined {
  const failed = Failed.safeParse(json)
  if (failed.success) {
    const { kind, message, details } = failed.data.failure
    return new PlatformFailure(kind, message, details)
  }
  const refused = Refused.safeParse(json)
  if (!refused.success) return undefined
  const { code, message, ...details } = refused.data.error
  return new DomainError(code, message, details)
}

const ReportRow = z.object({ externalId: z.string(), since: AdDay, until: AdDay, counts: DayRow })

/** What each call is answered with. */
export const ANSWERS = {
  plan: ChannelPlan,
  create: z.string(),
  update: z.null(),
  find: z.array(z.object({ id: z.string(), createdAt: z.string() })),
  set: z.null(),
  state: z.object({ confirmed: Confirmed, message: z.string().nullable() }),
  remove: z.null(),
  stopped: z.array(z.string()),
  report: z.discriminatedUnion('state', [
    z.object({ state: z.literal('running'), token: z.string() }),
    z.object({ state: z.literal('page'), rows: z.array(ReportRow), token: z.string().nullable() }),
  ]),
  check: z.object({ accountName: z.string(), currency: z.string(), timeZone: z.string() }),
}
