import { z } from 'zod'
import { durationMs } from '../duration.ts'
import type { SandboxClock } from '../settings.ts'
import { ControlProblem, readInput } from './problem.ts'

const Change = z
  .strictObject({
    advance: z.string().optional(),
    speed: z.number().nonnegative().max(1_000_000).optional(),
  })
  .refine((change) => change.advance !== undefined || change.speed !== undefined, {
    message: 'needs advance (such as "P7D") or speed (such as 60)',
  })

/** The longest single step: a typing mistake must not carry a stack into the next century. */
const MOST_MS = 3 * 366 * 86_400_000

export const clockState = (clock: SandboxClock): { now: string } => ({ now: new Date(clock.now()).toISOString() })

/** POST /_sandbox/clock {"advance":"P7D"} or {"speed":60}: the one clock of the whole stack. */
export function changeClock(clock: SandboxClock, body: Buffer): { now: string } {
  const { advance, speed } = readInput(Change, body)
  const ms = advance === undefined ? 0 : durationMs(advance)
  if (ms === undefined || ms > MOST_MS)
    throw new ControlProblem(
      400,
      `advance: ${JSON.stringify(advance)} is not a duration of at most three years`,
      'Use ISO 8601 weeks, days, hours, minutes and seconds, such as P7D or PT90M.',
    )
  if (speed !== undefined) {
    if (!clock.setSpeed) throw new ControlProblem(501, 'This clock cannot change its speed')
    clock.setSpeed(speed)
  }
  if (ms > 0) clock.advance(ms)
  return clockState(clock)
}
