import { expect, test } from 'vitest'
import { randomLives } from './script.ts'
import { simulate } from './simulate.ts'

/** Lives that once ended badly; each found a fault in the product, and none may come back. */
const REGRESSIONS: Record<string, number> = {
  'a steer that came while a drive ended was lost, and the ad went on delivering': 3,
  'a worker that stood still activated what had been paused meanwhile': 7,
  'a rejected ad stayed switched on after its last day': 9,
  'the job of a rejected campaign closed, and nobody switched the ad off': 37,
  'a look after the quarantine died between hearing and acting': 93,
  'one worker’s clock was past midnight and gave the share back, another’s was not and set the ad going': 1333,
}
const FROM = 1
const SEEDS = 200

const line = (seed: number): string => `npm run simulate -- --seeds 1 --from ${seed}`

test(`${SEEDS} lives in bad weather, on a platform that takes equal names and on one that does not`, async () => {
  const broken: string[] = []
  let creates = 0
  let extras = 0
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    const result = await simulate(seed)
    creates += result.creates
    extras += result.extras
    if (result.breaches.length > 0) broken.push(`${line(seed)}: ${result.breaches.join('; ')}`)
  }
  console.log(`seeds ${FROM} to ${FROM + SEEDS - 1}: ${creates} creates, ${extras} campaigns too many made and removed`)
  expect(broken).toEqual([])
}, 300_000)

for (const [story, seed] of Object.entries(REGRESSIONS))
  test(`no more: ${story}`, async () => {
    expect((await simulate(seed, { script: randomLives })).breaches, line(seed)).toEqual([])
  })

test('one seed is one life: the same number gives the same end', async () => {
  const [first, second] = [await simulate(42), await simulate(42)]
  expect(second).toEqual(first)
  expect(await simulate(43)).not.toEqual(first)
})
