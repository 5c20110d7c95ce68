import { startSyncs } from '#functions/capabilities/metrics/start-syncs.ts'
import { PLATFORMS_SIMULATED, randomLives, type Script, STORM_MS } from './script.ts'

const TICK_MS = 180_000
const RESTATED_EVERY_MS = [5000, 60_000] as const

/** Random lives whose figures change all the time, while the scheduler has them synced. */
export async function measuredLives(script: Script): Promise<void> {
  await randomLives(script)
  const { random, time, cloud, accounts } = script
  const restate = (): void => {
    if (time.elapsed() > STORM_MS) return
    accounts[random.pick(PLATFORMS_SIMULATED)].figures.restate()
    time.after(random.between(...RESTATED_EVERY_MS), restate)
  }
  cloud.every(TICK_MS, 'schedule-sync', (ports) => startSyncs(ports, 'tick'))
  restate()
}
