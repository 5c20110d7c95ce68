import { z } from 'zod'
import { Entity } from './entity.ts'
import { DomainError } from './errors.ts'
import type { PauseBound } from './pause-bound.ts'
import { Instant } from './time.ts'

/** The reason code of everything that the switch stopped. */
export const KILLED_BY = 'kill_switch'
export const SWITCH_ID = 'switch'

export const SwitchState = z.object({
  state: z.enum(['running', 'stopped']),
  /** Who flipped it last, such as "user:ana". */
  by: z.string(),
  at: Instant,
  why: z.string().nullable(),
})
export type SwitchState = z.infer<typeof SwitchState>

/** `orgs/{org}/control/switch`: one organisation's kill switch. */
export const Switch = Entity.extend(SwitchState.shape).meta({ id: 'Switch' })
export type Switch = z.infer<typeof Switch>

const ABSENT: SwitchState = {
  state: 'stopped',
  by: 'system:kill-switch',
  at: '1970-01-01T00:00:00.000Z',
  why: 'The switch is not there or cannot be read; that counts as stopped.',
}

/** Fails closed: whatever is no readable switch is one that stands at `stopped`. */
export function switchState(raw: unknown): SwitchState {
  const read = SwitchState.safeParse(raw)
  return read.success ? read.data : ABSENT
}

/** Both switches as one asker sees them. */
export interface SwitchView {
  running: boolean
  installation: SwitchState
  organisation: SwitchState
}

/** What flipping answers; `pausing` is null after a release, and where it could not be counted. */
export interface FlippedSwitch extends SwitchView {
  pausing: PauseBound | null
}

export function switchView(installation: unknown, organisation: unknown): SwitchView {
  const both = { installation: switchState(installation), organisation: switchState(organisation) }
  return { running: both.installation.state === 'running' && both.organisation.state === 'running', ...both }
}

export const stoppedError = (): DomainError =>
  new DomainError('illegal_state', 'The kill switch is on: nothing may spend', {
    remedy: 'An administrator releases it in Settings, or with "adflux kill-switch release".',
  })
