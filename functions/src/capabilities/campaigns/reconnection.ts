import type { Channel } from '#domain/channel.ts'
import type { PlatformKey } from '#domain/ids.ts'
import { closeIncident, openIncident } from '#functions/lib/incident.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause, Transaction } from '#functions/ports/store.ts'

const incidentOf = (platform: PlatformKey): string => `connection_${platform}`

/** One incident per account, however many channels wait for it; the connection reads as failing. */
export async function askForReconnection(tx: Transaction, channel: Channel, message: string): Promise<void> {
  const id = incidentOf(channel.platform)
  const [connection, open] = await Promise.all([tx.get('connections', channel.platform), tx.get('incidents', id)])
  if (open && !open.closedAt) return
  if (connection) tx.measure('connections', connection.id, { status: 'failing', lastError: message, checkedAt: tx.now })
  await openIncident(tx, {
    id,
    kind: 'platform_auth',
    subject: channel.platform,
    message,
    suggestedAction: 'Reconnect the ad account in Settings; what waits for it goes on by itself.',
  })
}

/** The account answers again. */
export async function closeReconnection(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  platform: PlatformKey,
): Promise<void> {
  await store.transact(org, cause, (tx) => closeIncident(tx, incidentOf(platform)))
}
