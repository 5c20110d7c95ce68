import type { Channel, StepRecord } from './channel.ts'
import type { PlannedStep } from './plan.ts'

/** What drives a channel one step nearer to its desired state. */
export type Move =
  | { kind: 'create'; step: PlannedStep }
  /** The call may have happened: look it up, never repeat it blindly. */
  | { kind: 'reconcile'; step: PlannedStep; record: StepRecord }
  | { kind: 'set'; delivery: 'active' | 'paused' }
  | { kind: 'rest' }

type ChannelView = Pick<Channel, 'desired' | 'confirmed' | 'plan' | 'steps'>

/** Pure: the same journal gives the same move, whoever asks. `over` = the campaign's last day has passed. */
export function nextMove({ desired, confirmed, plan, steps }: ChannelView, over: boolean): Move {
  const want = over ? 'paused' : desired
  const open = plan.steps.find((step) => steps.find((s) => s.key === step.key)?.state !== 'done')
  if (open) {
    const record = steps.find((s) => s.key === open.key)
    // An unknown outcome is cleared up even when the ad is not wanted any more: nothing may stay on the platform unseen.
    if (record?.state === 'sent') return { kind: 'reconcile', step: open, record }
    return want === 'active' ? { kind: 'create', step: open } : { kind: 'rest' }
  }
  if (confirmed === 'gone') return { kind: 'rest' }
  if (want === 'active')
    return ['active', 'in_review', 'rejected'].includes(confirmed)
      ? { kind: 'rest' }
      : { kind: 'set', delivery: 'active' }
  // What was rejected too: an appeal over there would set it going.
  return confirmed === 'paused' ? { kind: 'rest' } : { kind: 'set', delivery: 'paused' }
}

/** Ids by step key, of what is made. */
export const madeOf = (steps: readonly StepRecord[]): Record<string, string> =>
  Object.fromEntries(steps.flatMap((s) => (s.externalId ? [[s.key, s.externalId]] : [])))
