import { expect, test } from 'vitest'
import { CALM, type Profile } from './profile.ts'
import { happyPublish, PLATFORMS_SIMULATED } from './script.ts'
import { simulate } from './simulate.ts'
import type { FaultPlan } from './worker.ts'

/** Every call is done only after its caller gave up, and lists are slow to show what was made. */
const SLOW: Profile = { ...CALM, platform: { ...CALM.platform, landsLate: 1, listLag: true } }

/** The first worker stands still for nearly a whole quarantine with its first create in its hands. */
function standsStill(): FaultPlan {
  let creates = 0
  return {
    at: (call) => (call === 'platform.create' && creates++ === 0 ? 'stall-before' : undefined),
    stallMs: () => 105_000,
  }
}

const LIVES = 12

for (const platform of PLATFORMS_SIMULATED)
  test(`what a worker makes on ${platform} after it was given up for dead is found and removed`, async () => {
    let extras = 0
    for (let seed = 1; seed <= LIVES; seed++) {
      const result = await simulate(seed, {
        ...{ profile: SLOW, plan: standsStill() },
        script: (script) => happyPublish(script, platform),
      })
      expect(result.breaches, `seed ${seed}`).toEqual([])
      extras += result.extras
    }
    console.log(`${platform}: ${extras} campaigns too many in ${LIVES} lives`)
    // Where names are unique, the platform itself refuses the second.
    if (platform === 'meta') expect(extras).toBeGreaterThan(0)
    else expect(extras).toBe(0)
  }, 120_000)
