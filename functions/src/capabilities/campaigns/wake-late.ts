import { system } from '#domain/actor.ts'
import type { Ports } from '#functions/ports/index.ts'
import { wake } from './wake.ts'

const GRACE_MS = 60_000
const MOST = 200

/** Channels whose drive is overdue (a lost task, a start or end that has come) are driven again; returns how many. One that is being driven is left to it. */
export async function wakeLate(
  ports: Pick<Ports, 'store' | 'census' | 'tasks' | 'clock'>,
  correlationId: string,
): Promise<number> {
  const until = new Date(ports.clock.now().getTime() - GRACE_MS).toISOString()
  const late = await ports.census.due('channels', 'wakeAt', until, MOST)
  let woken = 0
  for (const { org, document } of late) {
    const channel = await ports.store.transact(org, { actor: system('sweep'), correlationId }, async (tx) => {
      const current = await tx.get('channels', document.id)
      if (!current || current.epoch !== document.epoch || !current.wakeAt) return undefined
      if (current.lease.owner && current.lease.until > tx.databaseNow().toISOString()) return undefined
      const epoch = current.epoch + 1
      tx.measure('channels', current.id, { epoch, wakeAt: tx.now })
      return { ...current, epoch }
    })
    if (!channel) continue
    await wake(ports, org, channel)
    woken++
  }
  return woken
}
