import { z } from 'zod'
import { FAULT_OPERATIONS, FAULTS, type Fault, type Faults, PLATFORMS } from '../faults.ts'
import { ControlProblem, readInput } from './problem.ts'

const NewFault = z.strictObject({
  platform: z.enum(PLATFORMS).default('meta'),
  fault: z.enum(FAULTS),
  operation: z.string().default('any'),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  rate: z.number().min(0).max(1).default(1),
  after: z.int().nonnegative().default(0),
  delaySeconds: z.number().nonnegative().max(86_400).default(5),
  clock: z.enum(['real', 'virtual']).default('real'),
  account: z.string().optional(),
  code: z.int().default(2),
  subcode: z.int().optional(),
  httpStatus: z.int().min(400).max(599).default(500),
  transient: z.boolean().default(true),
  message: z.string().default('An unexpected error has occurred. Please retry your request later.'),
})

const GEMINI_FAULTS: readonly string[] = ['429', '500', 'hang', 'malformed', 'blocked', 'slow-answer']
const GEMINI_ONLY: readonly string[] = ['malformed', 'blocked']
const GOOGLE_FAULTS: readonly string[] = [
  '429',
  '500',
  'expired-token',
  'answer-lost',
  'late-landing',
  'slow-list',
  'slow-answer',
  'hang',
  'wrong-body',
]
const AMAZON_FAULTS: readonly string[] = [
  ...GOOGLE_FAULTS,
  ...['html-429', 'html-502', 'report-failed', 'report-stuck', 'mixed-rows', 'corrupt-report'],
]
const OTHERS: readonly string[] = [...GEMINI_ONLY, 'wrong-body', 'mixed-rows', 'corrupt-report']
/** What each platform can do; Meta knows all but what is others' alone. */
const KNOWN: Partial<Record<string, readonly string[]>> = {
  gemini: GEMINI_FAULTS,
  'google-ads': GOOGLE_FAULTS,
  'amazon-ads': AMAZON_FAULTS,
}
const CREATES_ONLY: readonly string[] = ['late-landing', 'slow-list']
const CREATES = /^create|^mutate$/

/** POST /_sandbox/faults */
export function armFault(faults: Faults, body: Buffer): Fault {
  const { account, subcode, times, ...given } = readInput(NewFault, body)
  if (!FAULT_OPERATIONS.includes(given.operation))
    throw new ControlProblem(
      400,
      `operation: there is no ${JSON.stringify(given.operation)}`,
      `Use one of ${FAULT_OPERATIONS.join(', ')}.`,
    )
  const known = KNOWN[given.platform]
  if (known ? !known.includes(given.fault) : OTHERS.includes(given.fault))
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
    times: times === 'always' ? null : times,
  })
}
