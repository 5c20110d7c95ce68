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
  resume: ['PAUSED', 'KILLED', 'DRAINING'],
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
