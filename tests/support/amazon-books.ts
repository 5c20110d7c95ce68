import { z } from 'zod'
import type { ChannelPlan } from '#domain/plan.ts'
import type { AdPlatform, Brief, Made } from '#functions/ports/index.ts'
import { briefOf } from './brief.ts'
import type { AmazonAdsSubject } from './subjects/amazon-ads.ts'

const Books = z.object({
  objects: z.array(
    z.object({
      ...{ id: z.string(), kind: z.string(), platform: z.string(), status: z.string(), deleted: z.boolean() },
      fields: z.record(z.string(), z.unknown()),
      history: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
  campaigns: z.array(
    z.object({
      id: z.string(),
      days: z.array(
        z.object({
          ...{ date: z.string(), impressions: z.int(), linkClicks: z.int(), spendMicros: z.int() },
          applications: z.int(),
        }),
      ),
    }),
  ),
  calls: z.record(z.string(), z.int()),
})
/** The sandbox's own truth. */
export const booksOf = async (subject: AmazonAdsSubject) => Books.parse(await subject.control('GET', 'books'))

/** Every object of a plan, made in its order. */
export async function make(platform: AdPlatform, plan: ChannelPlan): Promise<Made> {
  const made: Record<string, string> = {}
  for (const step of plan.steps) made[step.key] = await platform.create(step, made)
  return made
}

export async function publish(platform: AdPlatform, brief: Brief = briefOf()): Promise<Made> {
  const made = await make(platform, await platform.plan(brief))
  await platform.set(made, 'active')
  return made
}

/** What a call came to: "done", or the kind of its failure. */
export const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { kind?: string }) => error.kind ?? String(error),
  )
