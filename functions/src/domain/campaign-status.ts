import type { CampaignStatus, Reason } from './campaign.ts'
import type { Channel } from './channel.ts'
import { DomainError } from './errors.ts'

type ChannelView = Pick<Channel, 'status' | 'reason' | 'desired'>

/** The moves of FEATURES.md A24 that a person or a rule may ask for; everything else is derived from what platforms confirm. */
const ALLOWED: Record<'publish' | 'pause' | 'resume' | 'edit', readonly CampaignStatus[]> = {
  publish: ['DRAFT', 'FAILED', 'REJECTED'],
  pause: ['SCHEDULED', 'PENDING', 'PROCESSING', 'ACTIVE', 'PARTIAL', 'DRAINING', 'PAUSED'],
  resume: ['PAUSED', 'DRAINING'],
  edit: ['DRAFT'],
}

/** Throws `illegal_state` (409) where the status forbids the move. */
export function assertMove(move: keyof typeof ALLOWED, status: CampaignStatus, ref: string): void {
  if (ALLOWED[move].includes(status)) return
  throw new DomainError('illegal_state', `${ref} is ${status}: it cannot be asked to ${move}`, {
    remedy: `${move} is possible when a campaign is ${ALLOWED[move].join(', ')}.`,
  })
}

const LIVE: readonly CampaignStatus[] = ['ACTIVE', 'PARTIAL']
const PRECEDENCE: readonly CampaignStatus[] = [
  'DRAINING',
  'PROCESSING',
  'PENDING',
  'REJECTED',
  'FAILED',
  'SCHEDULED',
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
