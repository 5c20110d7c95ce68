import { CALM, type Profile } from './profile.ts'
import type { FaultPlan } from './worker.ts'

/** Every call is done only after its caller gave up, and lists are slow to show what was made. */
export const GIVEN_UP: Profile = { ...CALM, platform: { ...CALM.platform, landsLate: 1, listLag: true } }

/** The first worker stands still for nearly a whole quarantine with its first create in its hands. */
export function standsStill(): FaultPlan {
  let creates = 0
  return {
    at: (call) => (call === 'platform.create' && creates++ === 0 ? 'stall-before' : undefined),
    stallMs: () => 105_000,
  }
}
