import { expect, test } from 'vitest'
import { ABLATIONS, type Ablation } from './ablations.ts'
import { randomLives } from './script.ts'
import { simulate } from './simulate.ts'

for (const [name, ablation] of Object.entries<Ablation>(ABLATIONS))
  test(`without ${ablation.takes}, something breaks within ${ablation.seeds} lives`, async () => {
    for (let seed = 1; seed <= ablation.seeds; seed++) {
      const { breaches } = await simulate(seed, {
        ablation,
        profile: ablation.profile,
        script: randomLives,
        ...ablation.life?.(),
      })
      const shown = breaches.filter((breach) => ablation.shows.test(breach))
      if (shown.length === 0) continue
      console.log(
        `${name}: caught by seed ${seed} (npm run simulate -- --seeds 1 --from ${seed} --ablate ${name}): ${shown[0]}`,
      )
      return
    }
    expect.fail(`${name} passed ${ablation.seeds} lives: the rig does not see what is missing`)
  }, 300_000)
