import type { Channel, StepRecord } from './channel.ts'
import type { PlannedStep } from './plan.ts'

/** What drives a channel one step nearer to its desired state. */
export type Move =
  | { kind: 'create'; step: PlannedStep }
  /** The call may have happened: look it up, never repeat it blindly. */
  | { kind: 'reconcile'; step: PlannedStep; record: StepRecord }
  | { kind: 'update'; step: PlannedStep }
  /** An object that the plan no longer has. */
  | { kind: 'remove'; record: StepRecord }
  | { kind: 'set'; delivery: 'active' | 'paused' }
  | { kind: 'rest' }

type ChannelView = Pick<Channel, 'desired' | 'confirmed' | 'plan' | 'steps' | 'delivered'>

/** Whether the platform was told to deliver just these objects in just this form. */
export const deliveryMark = (steps: readonly Pick<PlannedStep, 'key' | 'digest'>[]): string =>
  steps.map(({ key, digest }) => `${key}=${digest}`).join(' ')

/** Pure: the same journal gives the same move, whoever asks. `over` = the campaign's last day has passed. */
export function nextMove({ desired, confirmed, plan, steps, delivered }: ChannelView, over: boolean): Move {
  const wanted = desired === 'active' && !over
  const recordOf = (key: string) => steps.find((s) => s.key === key)
  // Whoever wants it stopped wants it stopped first; after an activation without an answer it may be running.
  // So does what was rejected: an appeal over there would set it going.
  if (!wanted && (confirmed === 'rejected' || mayRun({ confirmed, steps }))) return { kind: 'set', delivery: 'paused' }
  const open = plan.steps.find((step) => recordOf(step.key)?.state !== 'done')
  const record = open && recordOf(open.key)
  // An unknown outcome is cleared up even when the ad is not wanted any more: nothing may stay on the platform unseen.
  if (open && record?.state === 'sent') return { kind: 'reconcile', step: open, record }
  if (confirmed === 'gone' || confirmed === 'rejected' || !wanted) return { kind: 'rest' }
  if (open) return { kind: 'create', step: open }
  const changed = plan.steps.find((step) => recordOf(step.key)?.applied !== step.digest)
  if (changed) return { kind: 'update', step: changed }
  // The newest first: what hangs below goes before what it hangs on.
  const leftOver = steps.findLast((s) => !plan.steps.some((step) => step.key === s.key))
  if (leftOver) return { kind: 'remove', record: leftOver }
  const running = confirmed === 'active' || confirmed === 'in_review'
  return running && delivered === deliveryMark(plan.steps) ? { kind: 'rest' } : { kind: 'set', delivery: 'active' }
}

/** False only where the platform said that it stands still, or nothing of it was made. */
export const mayRun = ({ confirmed, steps }: Pick<Channel, 'confirmed' | 'steps'>): boolean =>
  confirmed === 'active' || confirmed === 'in_review' || (confirmed === 'unknown' && steps.some((s) => s.externalId))

/** Ids by step key, of what is made. */
export const madeOf = (steps: readonly StepRecord[]): Record<string, string> =>
  Object.fromEntries(steps.flatMap((s) => (s.externalId ? [[s.key, s.externalId]] : [])))
