import { z } from 'zod'
import type { Channel } from './channel.ts'
import type { ChannelPlan } from './plan.ts'

/** One object that a plan makes, changes or removes; payloads are exactly what is sent. */
export const PlannedChange = z
  .object({
    action: z.enum(['create', 'update', 'remove']),
    key: z.string(),
    level: z.string(),
    name: z.string().nullable(),
    /** As it was planned last; null for what is not there yet. */
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'PlannedChange' })
export type PlannedChange = z.infer<typeof PlannedChange>

type Journal = Pick<Channel, 'plan' | 'steps'>

/** What has to be done on the platform so that it comes to a plan; nothing when it is there already. */
export function changesOf(plan: Pick<ChannelPlan, 'steps'>, journal: Journal | undefined): PlannedChange[] {
  const recordOf = (key: string) => journal?.steps.find((record) => record.key === key)
  const plannedBefore = (key: string) => journal?.plan.steps.find((step) => step.key === key)?.payload ?? null
  const wanted = plan.steps.flatMap((step): PlannedChange[] => {
    const record = recordOf(step.key)
    const { key, level, name, payload: after } = step
    if (!record || record.state === 'planned') return [{ action: 'create', key, level, name, before: null, after }]
    return record.applied === step.digest
      ? []
      : [{ action: 'update', key, level, name, before: plannedBefore(key), after }]
  })
  const leftOver = (journal?.steps ?? []).filter(
    (record) => record.state !== 'planned' && !plan.steps.some((step) => step.key === record.key),
  )
  const removed = leftOver.map(({ key, level }): PlannedChange => {
    const name = journal?.plan.steps.find((step) => step.key === key)?.name ?? null
    return { action: 'remove', key, level, name, before: plannedBefore(key), after: null }
  })
  return [...wanted, ...removed]
}
