import type { Campaign, CampaignStatus, CampaignTerms, Reason } from './campaign.ts'
import type { Channel } from './channel.ts'
import { DomainError } from './errors.ts'

type ChannelView = Pick<Channel, 'status' | 'reason' | 'desired'>

/** The moves of FEATURES.md A24 that a person or a rule may ask for; everything else is derived from what platforms confirm. */
const ALLOWED: Record<'publish' | 'amend' | 'pause' | 'resume' | 'edit' | 'close', readonly CampaignStatus[]> = {
  /** PARTIAL: what runs is left alone, what failed is tried again. */
  publish: ['DRAFT', 'FAILED', 'REJECTED', 'PARTIAL'],
  /** Publishing changed terms. */
  amend: ['FAILED', 'REJECTED', 'PARTIAL', 'SCHEDULED', 'PROCESSING', 'ACTIVE'],
  pause: ['SCHEDULED', 'PENDING', 'PROCESSING', 'ACTIVE', 'PARTIAL', 'DRAINING', 'PAUSED', 'KILLED', 'FAILED'],
  /** PARTIAL: what runs is left alone. FAILED, REJECTED: so may one channel be, and another be paused. */
  resume: ['PAUSED', 'KILLED', 'DRAINING', 'PARTIAL', 'FAILED', 'REJECTED'],
  edit: ['DRAFT', 'FAILED', 'REJECTED', 'PARTIAL', 'SCHEDULED', 'PROCESSING', 'ACTIVE', 'PAUSED', 'KILLED'],
  close: [
    'FAILED',
    'REJECTED',
    'PARTIAL',
    'SCHEDULED',
    'PENDING',
    'PROCESSING',
    'ACTIVE',
    'DRAINING',
    'PAUSED',
    'KILLED',
    'COMPLETED',
  ],
}

/** Throws `illegal_state` (409) where the status forbids the move. */
export function assertMove(move: keyof typeof ALLOWED, status: CampaignStatus, ref: string): void {
  if (ALLOWED[move].includes(status)) return
  throw new DomainError('illegal_state', `${ref} is ${status}: it cannot be asked to ${move}`, {
    remedy: `${move} is possible when a campaign is ${ALLOWED[move].join(', ')}.`,
  })
}

/** Failures that trying the same plan again does not mend. */
const FOR_GOOD: readonly (string | undefined)[] = ['refusal', 'removed_on_platform']

/** What resuming does for a channel: `retry` tries a failed one again as it is planned. null = it runs, is on its way, or needs another plan. */
export function resumption({ status, reason, desired }: ChannelView): 'resume' | 'retry' | null {
  if (status === 'FAILED') return FOR_GOOD.includes(reason?.code) ? null : 'retry'
  return desired === 'paused' ? 'resume' : null
}

const STUCK: readonly CampaignStatus[] = ['FAILED', 'REJECTED']

/** Whether resuming would set something going. What failed altogether is published again. */
export function canResume(status: CampaignStatus, channels: readonly ChannelView[]): boolean {
  const ways = channels.map(resumption)
  if (status === 'PARTIAL') return ways.some((way) => way !== null)
  return ALLOWED.resume.includes(status) && (!STUCK.includes(status) || ways.includes('resume'))
}

/** Throws `illegal_state` (409) where a campaign has nothing that resuming would set going, unless that is on its way. */
export function assertResumable(
  { status, ref }: Pick<Campaign, 'status' | 'ref'>,
  channels: readonly (ChannelView & Pick<Channel, 'platform'>)[],
): void {
  assertMove('resume', status, ref)
  const stuck = channels.filter((channel) => STUCK.includes(channel.status)).map(({ platform }) => platform)
  if (stuck.length === 0 || canResume(status, channels)) return
  throw new DomainError('illegal_state', `${ref} is ${status}: it cannot be resumed on ${stuck.join(', ')}`, {
    remedy: 'Change what the platform names, then publish again.',
  })
}

/** The terms as they will be once what is pending is published. */
export function termsOf(campaign: Campaign): CampaignTerms {
  const { name, dailyBudget, split, startsOn, endsOn, countries, segments, creative, pending } = campaign
  const terms: CampaignTerms = { name, dailyBudget, split, startsOn, endsOn, countries, segments, creative }
  return Object.assign(terms, pending)
}

const LIVE: readonly CampaignStatus[] = ['ACTIVE', 'PARTIAL']
const PRECEDENCE: readonly CampaignStatus[] = [
  'DRAINING',
  'PROCESSING',
  'PENDING',
  'REJECTED',
  'FAILED',
  'SCHEDULED',
  'KILLED',
  'PAUSED',
  'COMPLETED',
  'ARCHIVED',
]

/** A campaign's status from its channels: ACTIVE only when every channel's platform confirmed it, PARTIAL when some did. */
export function deriveStatus(channels: readonly ChannelView[]): { status: CampaignStatus; reason: Reason | null } {
  if (channels.length === 0) return { status: 'DRAFT', reason: null }
  const live = channels.filter((c) => LIVE.includes(c.status))
  if (live.length === channels.length) return { status: 'ACTIVE', reason: null }
  const worst = PRECEDENCE.map((status) => channels.find((c) => c.status === status)).find(Boolean)
  if (live.length > 0) return { status: 'PARTIAL', reason: worst?.reason ?? null }
  return { status: worst?.status ?? 'PENDING', reason: worst?.reason ?? null }
}
