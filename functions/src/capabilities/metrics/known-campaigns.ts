import { externalLinkId } from '#domain/channel.ts'
import type { Ports } from '#functions/ports/index.ts'

/** Platform ids -> our campaigns: what the digest does not know is looked up once. Campaigns that AdFlux did not make are left out. */
export async function knownCampaigns(
  { store }: Pick<Ports, 'store'>,
  org: string,
  platform: string,
  known: Record<string, string>,
  externalIds: readonly string[],
): Promise<Record<string, string>> {
  const unknown = [...new Set(externalIds)].filter((id) => !(id in known))
  const links = await store.getAll(
    org,
    'externals',
    unknown.map((id) => externalLinkId(platform, id)),
  )
  const found = links.flatMap((link, i) => (link ? [[unknown[i] ?? '', link.campaignId] as const] : []))
  return { ...known, ...Object.fromEntries(found) }
}
