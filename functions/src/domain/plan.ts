import { z } from 'zod'
import { Money } from './money.ts'

/** One platform object that a plan creates. `payload` is exactly what is sent, with `{key}` in place of ids made by earlier steps. */
export const PlannedStep = z.object({
  key: z.string(),
  level: z.string(),
  /** Ends in `~token`; looked up by it after an unknown outcome. Null where sending it again changes nothing (an audience's members). */
  name: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
  /** Hash of level and payload: equal digests are equal objects (lib/planned-step.ts). */
  digest: z.string(),
})
export type PlannedStep = z.infer<typeof PlannedStep>

/** What a segment became on the platform, and what of it was left out and why. */
export const SegmentTargeting = z
  .object({
    segment: z.string().nullable(),
    name: z.object({ es: z.string(), en: z.string() }).nullable(),
    /** A country's name is its ISO 3166-1 code, anything else is named as the platform names it. */
    became: z.array(z.object({ kind: z.string(), name: z.string(), from: z.string() })),
    leftOut: z.array(z.object({ trait: z.string(), why: z.string() })),
  })
  .meta({ id: 'SegmentTargeting' })
export type SegmentTargeting = z.infer<typeof SegmentTargeting>

export const ChannelPlan = z
  .object({
    steps: z.array(PlannedStep),
    targeting: z.array(SegmentTargeting),
    /** The most that the whole campaign can cost there, the platform's overspend included. */
    mostItCanCost: Money,
    /** The most on a single day. */
    mostOnOneDay: Money,
  })
  .meta({ id: 'ChannelPlan' })
export type ChannelPlan = z.infer<typeof ChannelPlan>
