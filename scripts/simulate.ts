import { parseArgs } from 'node:util'
import { ABLATIONS, type Ablation, type AblationName } from '#tests/simulation/ablations.ts'
import { simulate } from '#tests/simulation/simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    ablate: { type: 'string' },
  },
})
const from = Number(values.from)
const until = from + Number(values.seeds)
if (!Number.isInteger(from) || !(until > from)) {
  console.error('Give whole numbers: npm run simulate -- --seeds 200 --from 1')
  process.exit(2)
}
const name = values.ablate as AblationName | undefined
if (name !== undefined && !(name in ABLATIONS)) {
  console.error(`There is no ablation ${name}: choose from ${Object.keys(ABLATIONS).join(', ')}.`)
  process.exit(2)
}
const ablation: Ablation | undefined = name && ABLATIONS[name]

const began = performance.now()
let broken = 0
let creates = 0
let extras = 0
for (let seed = from; seed < until; seed++) {
  const result = await simulate(seed, ablation && { ablation, profile: ablation.profile, ...ablation.life?.() })
  creates += result.creates
  extras += result.extras
  if (result.breaches.length > 0) {
    broken++
    console.log(`seed ${seed}: ${result.breaches.slice(0, 5).join('\n  ')}`)
    console.log(`  again: npm run simulate -- --seeds 1 --from ${seed}${name ? ` --ablate ${name}` : ''}`)
  }
  const done = seed - from + 1
  if (done % 500 === 0) console.log(`… ${done} seeds, ${broken} broken; to go on from here: --from ${seed + 1}`)
}
const seconds = (performance.now() - began) / 1000
console.log(
  `${until - from} seeds from ${from}: ${broken} broken, ${creates} creates, ${extras} extra campaigns made, ${seconds.toFixed(1)} s`,
)
process.exit(broken > 0 ? 1 : 0)
