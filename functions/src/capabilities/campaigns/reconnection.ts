import type { Channel } from '#domain/channel.ts'
import type { PlatformKey } from '#domain/ids.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'

const incidentOf = (platform: PlatformKey): string => `connection_${platform}`

/** One incident per account, however many channels wait for it; the connection reads as failing. */
export async function askForReconnection(tx: Transaction, channel: Channel, message: string): Promise<void> {
  const [connection, open] = await Promise.all([
    tx.get('connections', channel.platform),
    tx.get('incidents', incidentOf(channel.platform)),
  ])
  if (open && !open.closedAt) return
  if (connection) tx.measure('connections', connection.id, { status: 'failing', lastError: message, checkedAt: tx.now })
  tx.put('incidents', {
    id: incidentOf(channel.platform),
    kind: 'platform_auth',
    subject: channel.platform,
    message,
    suggestedAction: 'Reconnect the ad account in Settings; what waits for it goes on by itself.',
    openedAt: tx.now,
    closedAt: null,
    occurrences: (open?.occurrences ?? 0) + 1,
  })
}

/** The account answers again. */
export async function closeReconnection(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  platform: PlatformKey,
): Promise<void> {
  await store.transact(org, cause, async (tx) => {
    const incident = await tx.get('incidents', incidentOf(platform))
    if (incident && !incident.closedAt) tx.put('incidents', { ...incident, closedAt: tx.now })
  })
}
