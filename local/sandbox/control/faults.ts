import { z } from 'zod'
import { FAULT_OPERATIONS, FAULTS, type Fault, type Faults, knows, PLATFORMS } from '../faults.ts'
import { ControlProblem, readInput } from './problem.ts'

const WEEK_SECONDS = 7 * 86_400

const NewFault = z.strictObject({
  platform: z.enum(PLATFORMS).default('meta'),
  fault: z.enum(FAULTS),
  operation: z.string().default('any'),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  rate: z.number().min(0).max(1).default(1),
  seed: z
    .union([z.string().max(100), z.int()])
    .transform(String)
    .optional(),
  after: z.int().nonnegative().default(0),
  delaySeconds: z.number().nonnegative().max(WEEK_SECONDS).default(5),
  clock: z.enum(['real', 'virtual']).default('real'),
  account: z.string().optional(),
  code: z.int().default(2),
  subcode: z.int().optional(),
  httpStatus: z.int().min(400).max(599).default(500),
  transient: z.boolean().default(true),
  message: z.string().default('An unexpected error has occurred. Please retry your request later.'),
})

const CREATES_ONLY: readonly string[] = ['late-landing', 'slow-list', 'duplicate-200']
const CREATES = /^create|^mutate$/

/** POST /_sandbox/faults */
export function armFault(faults: Faults, body: Buffer): Fault {
  const { account, subcode, times, seed, ...given } = readInput(NewFault, body)
  if (!FAULT_OPERATIONS.includes(given.operation))
    throw new ControlProblem(
      400,
      `operation: there is no ${JSON.stringify(given.operation)}`,
      `Use one of ${FAULT_OPERATIONS.join(', ')}.`,
    )
  if (!knows(given.platform, given.fault))
    throw new ControlProblem(400, `fault: ${given.platform} does not know ${given.fault}`)
  if (CREATES_ONLY.includes(given.fault) && given.operation !== 'any' && !CREATES.test(given.operation))
    throw new ControlProblem(
      400,
      `operation: ${given.fault} strikes creates alone`,
      'Use any, create, create-campaign or mutate.',
    )
  return faults.add({
    ...given,
    account: account === undefined ? null : account.replace(/^act_/, ''),
    subcode: subcode ?? null,
    seed: seed ?? null,
    times: times === 'always' ? null : times,
  })
}
