import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { canMove } from './status.ts'

export type Publishing = 'publish' | 'again' | 'changes'

const FAILED: readonly Channel['status'][] = ['FAILED', 'REJECTED']

/** What publishing would be for a campaign as it stands; null = there is nothing to publish, or it may not be. */
export function publishingOf(
  { status, pending }: Pick<Campaign, 'status' | 'pending'>,
  channels: readonly Pick<Channel, 'status'>[],
): Publishing | null {
  if (pending) return canMove('amend', status) ? 'changes' : null
  if (!canMove('publish', status)) return null
  if (status === 'DRAFT') return 'publish'
  // Of a campaign that runs in part only what failed is tried again: what is paused or on its way needs no publishing.
  return status !== 'PARTIAL' || channels.some((channel) => FAILED.includes(channel.status)) ? 'again' : null
}

/** Why changed terms cannot be published now. */
export function heldBack(status: Campaign['status']): 'resumeFirst' | 'wait' | 'never' {
  if (status === 'PAUSED') return 'resumeFirst'
  return status === 'COMPLETED' || status === 'ARCHIVED' ? 'never' : 'wait'
}
