import type { Campaign } from '#domain/campaign.ts'
import type { Channel } from '#domain/channel.ts'
import { notFound } from '#domain/errors.ts'
import type { Ports } from '#functions/ports/index.ts'
import { channelsIn } from './channels.ts'

/** A campaign and its channels as they were at one moment: a status never stands beside channels that it does not follow from. */
export async function viewCampaign(
  { store }: Pick<Ports, 'store'>,
  org: string,
  idOrRef: string,
): Promise<{ campaign: Campaign; channels: Channel[] }> {
  const { id } = await store.find(org, 'campaigns', idOrRef)
  return store.look(org, async (at) => {
    const campaign = await at.get('campaigns', id)
    if (!campaign) throw notFound('campaign', idOrRef)
    return { campaign, channels: await channelsIn(at, campaign) }
  })
}
