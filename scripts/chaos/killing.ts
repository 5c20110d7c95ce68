import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '#tests/simulation/random.ts'
import { type Stack, until } from '#tests/support/stack.ts'

/** Most hosts die young, before they have loaded what they need; some live to get work done. */
const lifeMs = (random: Random): number => random.between(0, random.chance(0.4) ? 4000 : 500)

/** `kill -9` of the function host at random moments, as soon as the one before it has been replaced. */
export function killing(stack: Stack, random: Random, kills: number) {
  let done = 0
  const host = (): number => stack.profile().pids.host ?? 0
  const answers = async (): Promise<boolean> =>
    fetch(`${stack.profile().apiUrl}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    )

  return {
    /** How much of the killing is over, from 0 to 1. */
    share: () => (kills === 0 ? 1 : done / kills),
    async run(said: (done: number) => void): Promise<void> {
      while (done < kills) {
        await pause(lifeMs(random))
        const victim = host()
        process.kill(victim, 'SIGKILL')
        await until('another function host answers', async () => host() !== victim && (await answers()))
        said(++done)
      }
    },
  }
}
