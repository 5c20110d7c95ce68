import { system } from '#domain/actor.ts'
import type { Ports } from '#functions/ports/index.ts'
import { nextLook, wakeAmz } from './wake-amz.ts'

const MOST = 500

/**
 * The minute's tick: one task for each campaign that is due. Overlapping ticks raise the epoch once, because the second finds it raised;
 * a task never creates what the journal says was sent.
 */
export async function refreshAmzCampaigns(
  ports: Pick<Ports, 'store' | 'census' | 'tasks' | 'clock'>,
  correlationId: string,
): Promise<number> {
  const due = await ports.census.due('amzCampaigns', 'wakeAt', ports.clock.now().toISOString(), MOST)
  let woken = 0
  for (const { org, document } of due) {
    const campaign = await ports.store.transact(org, { actor: system('sweep'), correlationId }, async (tx) => {
      const current = await tx.get('amzCampaigns', document.id)
      if (!current || current.epoch !== document.epoch || !current.wakeAt || current.wakeAt > tx.now) return undefined
      const raised = { ...current, epoch: current.epoch + 1, wakeAt: nextLook(tx.now) }
      tx.put('amzCampaigns', raised)
      return raised
    })
    if (!campaign) continue
    await wakeAmz(ports, org, campaign)
    woken++
  }
  return woken
}
