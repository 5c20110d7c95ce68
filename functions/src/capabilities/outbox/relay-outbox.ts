import { system } from '#domain/actor.ts'
import { DomainEvent } from '#domain/event.ts'
import type { Ports } from '#functions/ports/index.ts'

const MOST = 300

/** Publishes what a verb could not publish itself, of every organisation; returns how many events went out. */
export async function relayOutbox(
  { store, census, events }: Pick<Ports, 'store' | 'census' | 'events'>,
  correlationId: string,
): Promise<number> {
  // Real time, as the outbox writes it.
  const late = await census.due('outbox', 'nextAttemptAt', new Date().toISOString(), MOST)
  for (const { org, document } of late) {
    await events.publish([DomainEvent.parse(document.event)])
    await store.transact(org, { actor: system('sweep'), correlationId }, async (tx) => tx.remove('outbox', document.id))
  }
  return late.length
}
