import type { CampaignStatus } from '#domain/campaign.ts'
import { assertMove } from '#domain/campaign-status.ts'
import type { IconName } from '../../ui/icon.tsx'
import type { Tone } from '../../ui/tone.ts'

export const STATUS_LOOK: Record<CampaignStatus, { tone: Tone; icon: IconName }> = {
  DRAFT: { tone: 'neutral', icon: 'draft' },
  SCHEDULED: { tone: 'accent', icon: 'clock' },
  PENDING: { tone: 'review', icon: 'clock' },
  PROCESSING: { tone: 'review', icon: 'review' },
  ACTIVE: { tone: 'good', icon: 'check' },
  PARTIAL: { tone: 'warn', icon: 'half' },
  DRAINING: { tone: 'warn', icon: 'pause' },
  PAUSED: { tone: 'neutral', icon: 'pause' },
  KILLED: { tone: 'bad', icon: 'stop' },
  COMPLETED: { tone: 'neutral', icon: 'flag' },
  REJECTED: { tone: 'bad', icon: 'close' },
  FAILED: { tone: 'bad', icon: 'alert' },
  ARCHIVED: { tone: 'neutral', icon: 'stop' },
}

/** What a person filters by: the statuses as they matter to work. */
export const GROUPS = {
  running: ['ACTIVE', 'PARTIAL', 'DRAINING'],
  waiting: ['SCHEDULED', 'PENDING', 'PROCESSING'],
  attention: ['REJECTED', 'FAILED', 'PARTIAL'],
  stopped: ['PAUSED', 'KILLED', 'COMPLETED', 'ARCHIVED'],
  draft: ['DRAFT'],
} as const satisfies Record<string, readonly CampaignStatus[]>

export type Group = keyof typeof GROUPS
export const GROUP_NAMES = Object.keys(GROUPS) as Group[]

/** Whether the status machine allows the move: the domain's own rule. */
export function canMove(move: Parameters<typeof assertMove>[0], status: CampaignStatus): boolean {
  try {
    assertMove(move, status, '')
    return true
  } catch {
    return false
  }
}
