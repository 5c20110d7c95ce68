import { expect, test } from 'vitest'
import { GIVEN_UP, standsStill } from './given-up.ts'
import { happyPublish, PLATFORMS_SIMULATED } from './script.ts'
import { simulate } from './simulate.ts'

const LIVES = 12

for (const platform of PLATFORMS_SIMULATED)
  test(`what a worker makes on ${platform} after it was given up for dead is found and removed`, async () => {
    let extras = 0
    for (let seed = 1; seed <= LIVES; seed++) {
      const result = await simulate(seed, {
        ...{ profile: GIVEN_UP, plan: standsStill() },
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
