import { hashText, uniform } from './random.ts'

export const PLATFORMS = ['meta', 'google-ads', 'amazon-ads', 'gemini'] as const
export type FaultPlatform = (typeof PLATFORMS)[number]

const ADS = ['meta', 'google-ads', 'amazon-ads'] as const
const WITH_REPORTS = ['meta', 'amazon-ads'] as const

/** What can go wrong, and on which platforms. */
const KNOWN = {
  '429': PLATFORMS,
  /** Google's front end refuses before the API is reached: RetryInfo without a failure of the API. */
  'front-429': ['google-ads'],
  'html-429': WITH_REPORTS,
  '500': PLATFORMS,
  'html-502': WITH_REPORTS,
  error: ['meta'],
  'expired-token': ADS,
  /** It is done; the connection is cut. */
  'answer-lost': ADS,
  /** The connection is cut; it is done later. */
  'late-landing': ADS,
  /** A create arrives twice; the second arrival is answered. Where names are unique that answer is a refusal. */
  'duplicate-200': ADS,
  /** Lists do not show what was made until later. */
  'slow-list': ADS,
  /** Lists show half of what there is, and say that it is all. */
  'partial-list': ADS,
  'slow-answer': PLATFORMS,
  hang: PLATFORMS,
  'report-failed': WITH_REPORTS,
  'report-stuck': WITH_REPORTS,
  /** What follows the first page fails; Google, which has a stream instead of pages, breaks it off in the middle. */
  'page-2-failure': ADS,
  /** The figures of days that ended less than `delaySeconds` ago are not there yet. */
  'late-metrics': ADS,
  /** The figures of those days are told, at half of what they become. */
  'restated-metrics': ADS,
  /** Of several rows in one request the last fails. */
  'mixed-rows': ['amazon-ads'],
  /** It is done; the answer says 200 and means nothing. */
  'wrong-body': ADS,
  'corrupt-report': ['amazon-ads'],
  malformed: ['gemini'],
  blocked: ['gemini'],
} as const satisfies Record<string, readonly FaultPlatform[]>
export type FaultKind = keyof typeof KNOWN
export const FAULTS = Object.keys(KNOWN) as FaultKind[]

export const knows = (platform: FaultPlatform, fault: FaultKind): boolean =>
  (KNOWN[fault] as readonly FaultPlatform[]).includes(platform)

/** What a call is, for faults, counts and the record of calls. */
export const OPERATIONS = [
  'create-campaign',
  'create-adset',
  'create-creative',
  'create-ad',
  'create-image',
  'create-audience',
  'create-target',
  'token',
  'upload-users',
  'update',
  'delete',
  'read',
  'list',
  'search',
  'insights',
  'create-report',
  'poll-report',
  'read-report',
  'batch',
  'me',
  'debug-token',
  'estimate',
  'generate',
  'mutate',
  'validate',
  'suggest',
  'other',
] as const
export type Operation = (typeof OPERATIONS)[number]

/** Names that stand for several operations. */
const GROUPS: Record<string, readonly Operation[]> = {
  insights: ['insights', 'create-report', 'poll-report', 'read-report'],
  report: ['create-report', 'poll-report', 'read-report'],
  update: ['update', 'delete'],
  // One Mutate of Google Ads makes a whole campaign.
  create: [
    'create-campaign',
    'create-adset',
    'create-creative',
    'create-ad',
    'create-image',
    'create-audience',
    'mutate',
    'create-target',
  ],
}
export const FAULT_OPERATIONS: readonly string[] = ['any', 'create', 'report', ...OPERATIONS]

export interface Fault {
  id: string
  platform: FaultPlatform
  fault: FaultKind
  /** An operation, a group of them, or "any". */
  operation: string
  /** How often it strikes before it is spent; null = until it is cleared. */
  times: number | null
  /** Chance that a matching call is struck, drawn by seed. */
  rate: number
  /** Which of the matching calls the rate strikes; null = by the sandbox's seed and the fault's number. */
  seed: string | null
  /** Matching calls that pass before the first strike. */
  after: number
  /** For late landings, slow lists, slow answers and figures that come late. */
  delaySeconds: number
  /** The clock of the delay; answers are always slow in real time. */
  clock: 'virtual' | 'real'
  /** Digits of an ad account; null = all. */
  account: string | null
  /** For `error`: the Graph error to answer. */
  code: number
  subcode: number | null
  httpStatus: number
  transient: boolean
  message: string
  matched: number
  struck: number
}

export interface Faults {
  add(fault: Omit<Fault, 'id' | 'matched' | 'struck'>): Fault
  list(): Fault[]
  clear(id?: string): number
  /** The fault that strikes this call, if one of these kinds does; counts as one matching call for each that is armed. */
  strike(
    platform: FaultPlatform,
    operation: Operation,
    account: string | null,
    kinds: readonly FaultKind[],
  ): Fault | undefined
}

/** Armed faults, first come first served, deterministic by seed. They live in memory: a restart clears them. */
export function faultBoard(seed: string): Faults {
  let armed: Fault[] = []
  let count = 0
  const matches = (fault: Fault, platform: FaultPlatform, operation: Operation, account: string | null): boolean =>
    fault.platform === platform &&
    (fault.operation === 'any' ||
      fault.operation === operation ||
      GROUPS[fault.operation]?.includes(operation) === true) &&
    (fault.account === null || account === null || fault.account === account) &&
    (fault.times === null || fault.struck < fault.times)
  return {
    add: (fault) => {
      const added = { ...fault, id: `fault-${++count}`, matched: 0, struck: 0 }
      armed.push(added)
      return added
    },
    list: () => armed.map((fault) => ({ ...fault })),
    clear: (id) => {
      const before = armed.length
      armed = id === undefined ? [] : armed.filter((fault) => fault.id !== id)
      return before - armed.length
    },
    strike: (platform, operation, account, kinds) => {
      for (const fault of armed) {
        if (!kinds.includes(fault.fault) || !matches(fault, platform, operation, account)) continue
        fault.matched++
        if (fault.matched <= fault.after) continue
        if (uniform(hashText(fault.seed ?? `${seed}/${fault.id}`), fault.matched) >= fault.rate) continue
        fault.struck++
        return fault
      }
      return undefined
    },
  }
}
