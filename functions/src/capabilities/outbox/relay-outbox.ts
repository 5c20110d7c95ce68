import { system } from '#domain/actor.ts'
import { DomainEvent } from '#domain/event.ts'
import type { Ports } from '#functions/ports/index.ts'

const MOST = 300

/** Publishes what a verb could not publish itself, of every organisation; returns how many events went out. `realNow` as the outbox was written. */
export async function relayOutbox(
  { store, census, events }: Pick<Ports, 'store' | 'census' | 'events'>,
  correlationId: string,
  realNow: () => Date = () => new Date(),
): Promise<number> {
  const late = await census.due('outbox', 'nextAttemptAt', realNow().toISOString(), MOST)
  for (const { org, document } of late) {
    await events.publish([DomainEvent.parse(document.event)])
    await store.transact(org, { actor: system('sweep'), correlationId }, async (tx) => tx.remove('outbox', document.id))
  }
  return late.length
}
