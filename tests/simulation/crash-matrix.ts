import { CALM } from './profile.ts'
import type { PLATFORMS_SIMULATED } from './script.ts'
import { happyPublish } from './script.ts'
import { type Result, simulate } from './simulate.ts'
import { FAULTS, type Fault, type FaultPlan } from './worker.ts'

type Platform = (typeof PLATFORMS_SIMULATED)[number]

const STALL_MS = 75_000
const SEED = 7

/** Calls of the verb and its drives; the sweep's are not part of the story. */
function counting(strike: (call: number) => Fault | undefined): FaultPlan & { calls: () => number } {
  let calls = 0
  return {
    calls: () => calls,
    at: (_, worker) => (worker === 'sweep' ? undefined : strike(calls++)),
    stallMs: () => STALL_MS,
  }
}

const publish = (platform: Platform, plan: FaultPlan): Promise<Result> =>
  simulate(SEED, { profile: CALM, plan, script: (script) => happyPublish(script, platform) })

/** How many port calls the happy publish makes. */
export async function countCalls(platform: Platform): Promise<number> {
  const plan = counting(() => undefined)
  const { breaches } = await publish(platform, plan)
  if (breaches.length > 0) throw new Error(`Even without a fault: ${breaches.join('; ')}`)
  return plan.calls()
}

/** One fault of every kind at every call of the happy publish; resolves to what went wrong, with where. */
export async function crashMatrix(platform: Platform): Promise<{ runs: number; calls: number; broken: string[] }> {
  const calls = await countCalls(platform)
  const broken: string[] = []
  for (let i = 0; i < calls; i++)
    for (const fault of FAULTS) {
      const { breaches } = await publish(
        platform,
        counting((call) => (call === i ? fault : undefined)),
      )
      if (breaches.length > 0) broken.push(`${platform}, ${fault} at call ${i}: ${breaches.join('; ')}`)
    }
  return { runs: calls * FAULTS.length, calls, broken }
}
