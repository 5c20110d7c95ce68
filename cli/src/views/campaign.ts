import { type Campaign, reachOf } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import type { Output } from '../output.ts'
import { statusText } from '../wait.ts'

/** As `GET /v1/campaigns/{id}` and the moves answer. */
export interface CampaignInFull {
  campaign: Campaign
  channels: Channel[]
}

export type CampaignWithChannels = Campaign & { channels: Channel[] }

/** One document, so that `id` and `ref` are at its top. */
export const withChannels = ({ campaign, channels }: CampaignInFull): CampaignWithChannels => ({
  ...campaign,
  channels: channels ?? [],
})

export function campaignDetails({ details, format, table }: Output, campaign: CampaignWithChannels): string {
  const { totals, dailyBudget, creative, channels } = campaign
  const text = details([
    ['ref', campaign.ref],
    ['id', campaign.id],
    ['name', campaign.name],
    ['status', statusText(campaign)],
    ['job', `${campaign.jobRef} ${campaign.jobTitle}`],
    ['budget', `${format.money(dailyBudget)} a day`],
    [
      'split',
      Object.entries(campaign.split)
        .map(([key, weight]) => `${key} ${weight}`)
        .join(', ') || null,
    ],
    ['runs', `${campaign.startsOn} to ${campaign.endsOn}`],
    ['countries', campaign.countries.join(', ')],
    ['segments', campaign.segments.join(', ') || 'everybody'],
    ['headline', creative.headline],
    ['text', creative.primaryText],
    ['image', creative.image],
    ['leads to', creative.url],
    ['impressions', format.integer(totals?.impressions)],
    ['reach', format.integer(reachOf(campaign)?.reach)],
    ['clicks', format.integer(totals?.clicks)],
    ['spent', format.micros(totals?.spendMicros, dailyBudget.currency)],
    [
      'applications',
      `${format.integer(totals?.applications)} by the platforms, ${format.integer(campaign.received)} received`,
    ],
    ['not published', Object.keys(campaign.pending ?? {}).join(', ') || null],
    ['synced', format.instant(campaign.syncedAt)],
  ])
  if (channels.length === 0) return text
  const rows = table<Channel>(
    [
      { head: 'PLATFORM', of: (c) => c.platform },
      { head: 'STATUS', of: (c) => statusText(c), wide: true },
      { head: 'WANTED', of: (c) => c.desired },
      { head: 'CONFIRMED', of: (c) => c.confirmed },
      { head: 'ACCOUNT', of: (c) => c.accountId },
      { head: 'STEPS', of: (c) => `${c.steps.filter((s) => s.state === 'done').length} of ${c.steps.length}` },
    ],
    channels,
  )
  return `${text}\n\n${rows}`
}
