import type { Campaign } from '#domain/campaign.ts'
import { deriveStatus } from '#domain/campaign-status.ts'
import type { Channel } from '#domain/channel.ts'
import type { Transaction } from '#functions/ports/store.ts'

/** Writes the campaign's status as its channels make it, if it changed; returns the campaign as it now is. */
export function settle(tx: Transaction, campaign: Campaign, channels: readonly Channel[]): Campaign {
  const { status, reason } = deriveStatus(channels)
  if (campaign.status === status && JSON.stringify(campaign.reason) === JSON.stringify(reason)) return campaign
  const next = tx.record('campaigns', { ...campaign, status, reason }, campaign, {
    action: 'campaign.status',
    why: reason?.code ?? `every channel is ${status}`,
  })
  tx.emit('campaign.changed', [campaign.id])
  return next
}
