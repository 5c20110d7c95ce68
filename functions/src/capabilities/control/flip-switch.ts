import { z } from 'zod'
import { SWITCH_ID, SwitchState, type SwitchView } from '#domain/kill-switch.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

export const SwitchInput = z
  .object({ state: SwitchState.shape.state, why: z.string().trim().min(3).max(500) })
  .strict()
  .meta({ id: 'KillSwitchInput' })
export type SwitchInput = z.input<typeof SwitchInput>

/**
 * Flips an organisation's kill switch. Once this has committed, no intent commits and no call but pauses starts; the event makes
 * everything pause, and is sent again when somebody stops what is stopped. A release starts nothing: each campaign is resumed by a
 * person, and its event gives back what is still reserved for what was stopped.
 */
export async function flipSwitch(
  { store, killSwitch }: Pick<Ports, 'store' | 'killSwitch'>,
  org: string,
  cause: Cause,
  input: SwitchInput,
): Promise<SwitchView> {
  const { state, why } = SwitchInput.parse(input)
  await store.transact(org, cause, async (tx) => {
    const before = await tx.get('control', SWITCH_ID)
    if (before?.state !== state)
      tx.record(
        'control',
        { id: SWITCH_ID, state, why, by: `${cause.actor.kind}:${cause.actor.id}`, at: tx.now },
        before,
        { action: state === 'stopped' ? 'switch.stopped' : 'switch.released', why },
      )
    if (state === 'stopped') tx.emit('org.stopped', [org])
    else if (before?.state !== state) tx.emit('org.released', [org])
  })
  return killSwitch.view(org)
}
