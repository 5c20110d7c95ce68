import type { Connection } from '#domain/connection.ts'
import type { ReportRow } from '#functions/ports/index.ts'
import { FIGURES, type Hold, underHold } from './hold.ts'
import { type KeptDigest, UNKNOWN } from './kept-digest.ts'
import { knownCampaigns } from './known-campaigns.ts'
import type { SyncNeeds } from './sync-account.ts'

const PER_COMMIT = 100

/** Each campaign's unique reach as the platform gives it for its whole life; only what changed is written, and noted in the digest. */
export async function writeReach(
  ports: SyncNeeds,
  hold: Hold,
  connection: Connection,
  rows: readonly ReportRow[],
  kept: KeptDigest,
): Promise<void> {
  const { digest } = kept
  const reported = rows.map((row) => row.externalId)
  digest.campaigns = await knownCampaigns(ports, hold.org, connection.platform, digest.campaigns, reported)
  const changed = rows.flatMap(({ externalId, since, until, counts }) => {
    const campaign = digest.campaigns[externalId]
    if (!campaign || counts.reach === null) return []
    const mark = `${since} ${until} ${counts.reach}`
    return digest.reach[campaign] === mark ? [] : [{ campaign, mark, reach: { since, until, reach: counts.reach } }]
  })
  for (const { campaign } of changed) digest.reach[campaign] = UNKNOWN
  await kept.save()
  for (let i = 0; i < changed.length; i += PER_COMMIT) {
    const part = changed.slice(i, i + PER_COMMIT)
    await underHold(
      ports,
      hold,
      async (tx) => {
        const stored = await tx.getAll(
          'campaigns',
          part.map(({ campaign }) => campaign),
        )
        for (const [n, { campaign, reach }] of part.entries())
          tx.measure('campaigns', campaign, { reach: { ...stored[n]?.reach, [connection.platform]: reach } })
      },
      FIGURES,
    )
    for (const { campaign, mark } of part) digest.reach[campaign] = mark
  }
}
