import type { Intake } from '#functions/capabilities/feeds/intake.ts'
import { closeAbsent } from '#functions/capabilities/jobs/close-absent.ts'
import { type Ingested, ingestRecords } from '#functions/capabilities/jobs/ingest-records.ts'
import { mappingContext } from '#functions/lib/intake/items.ts'
import { readPushed } from '#functions/lib/intake/read.ts'
import { readPulled } from '#functions/lib/intake/stream.ts'
import type { Clock } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'
import { ports } from '#functions/wiring.ts'

/** Feeds meet jobs here: the one reads, the other writes. */
export const intakeInto = (store: Store, clock: Clock): Intake<Ingested> => ({
  stream: (body, format, { now, currency, feedUrl }) =>
    readPulled(body, format, mappingContext(now, currency, feedUrl)),
  read: (body, format, { now, currency, feedUrl }) =>
    readPushed(body, { format }, mappingContext(now, currency, feedUrl)).items,
  ingest: async (into, items) => {
    const rest = await ingestRecords({ store, clock }, into, items)
    return { result: rest.result, rest }
  },
  complete: ({ unidentified }) => unidentified === 0,
  closeAbsent: (into, rest, confirmed) => closeAbsent({ store }, into, rest, confirmed),
})

export async function feedNeeds() {
  const { store, clock, fetcher, census, secrets } = await ports('store', 'clock', 'fetcher', 'census', 'secrets')
  return { store, clock, fetcher, census, secrets, intake: intakeInto(store, clock) as Intake }
}
