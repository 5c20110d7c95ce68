import { parseArgs } from 'node:util'
import { seeded } from '#tests/simulation/random.ts'
import { removePlace, stackPlace, startStack } from '#tests/support/stack.ts'
import { checkBooks } from './chaos/check-books.ts'
import { killing } from './chaos/killing.ts'
import { recruiter } from './chaos/recruiter.ts'
import { stackClient } from './chaos/stack-client.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    campaigns: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
})
const [kills, campaigns, seed] = [Number(values.kills), Number(values.campaigns), Number(values.seed)]
if (![kills, campaigns, seed].every(Number.isInteger) || kills < 0 || campaigns < 1) {
  console.error('Give whole numbers: npm run chaos -- --kills 100 --campaigns 50 --seed 1')
  process.exit(2)
}

/** Virtual seconds per real one: the platforms' waits pass quickly, while leases and quarantines are as long as they are. */
const SPEED = 15
/** Of all calls that may be struck, one in five is. */
const FAULTS = ['429', '500', 'answer-lost', 'late-landing'] as const
const RATE = 0.2 / FAULTS.length

const began = performance.now()
const say = (text: string): void =>
  console.log(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${text}`)

const place = await stackPlace()
const stack = await startStack(place, ['--empty', '--speed', String(SPEED)])
let breaches = ['the run did not come to its end']
try {
  const client = stackClient(stack)
  const desk = recruiter(client, seeded(seed))
  await desk.draft(campaigns)
  say(`${campaigns} campaigns on three platforms are drafted`)
  for (const platform of ['meta', 'google-ads', 'amazon-ads'])
    for (const fault of FAULTS) await client.sandbox('POST', 'faults', { platform, fault, times: 'always', rate: RATE })

  const killer = killing(stack, seeded(seed + 1), kills)
  const work = desk.work(() => killer.share())
  await killer.run((n) => n % 10 === 0 && say(`${n} kills; ${desk.summary()}`))
  await work
  say(`${kills} kills of the function host are done; ${desk.summary()}`)

  const struck = await client.clearFaults()
  say(`the faults struck ${struck} calls and are over`)
  const { redriven, left } = await desk.settle()
  say(
    `${left.length === 0 ? 'every campaign is as it was asked to be' : 'time is up'}; ${redriven} drives that had given up were retried`,
  )
  breaches = [...left, ...(await checkBooks(client, desk.wishes(), say))]
} finally {
  await stack.end('SIGTERM')
  if (breaches.length === 0) removePlace(place)
  else say(`the stack's state and logs are kept in ${place.folder}`)
}
for (const breach of breaches) console.log(`BROKEN ${breach}`)
say(
  `${kills} kills, ${campaigns} campaigns, seed ${seed}: ${breaches.length === 0 ? 'nothing broken' : `${breaches.length} broken`}`,
)
process.exit(breaches.length > 0 ? 1 : 0)
