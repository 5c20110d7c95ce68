import { system } from '#domain/actor.ts'
import { log, loggable } from '#functions/lib/log.ts'
import type { Ports } from '#functions/ports/index.ts'
import { trainWhenDue } from './train-when-due.ts'

/** Every organisation in turn; what goes wrong in one leaves the others alone and is thrown at the end, so that the tick comes again. */
export async function trainAllWhenDue(
  ports: Pick<Ports, 'store' | 'census' | 'clusterer' | 'clock'>,
  correlationId: string,
): Promise<void> {
  const failures: unknown[] = []
  for (const { id: org } of await ports.census.orgs()) {
    try {
      await trainWhenDue(ports, org, { actor: system('segment-candidates'), correlationId })
    } catch (error) {
      log().error({ error: loggable(error), org }, 'segmentation failed')
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `segmentation failed in ${failures.length} organisations`)
}
