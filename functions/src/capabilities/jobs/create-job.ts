import { DomainError } from '#domain/errors.ts'
import type { IntakeItem } from '#domain/ingest/item.ts'
import type { Job } from '#domain/job.ts'
import { adDay } from '#domain/time.ts'
import { newId } from '#functions/lib/new-id.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { ingestRecords } from './ingest-records.ts'
import { jobIdOf, openingKey } from './keys.ts'

const SOURCE = 'manual'

/** What a job is called that nobody named: the same when the same request is sent again. */
export const unnamedJob = (cause: Cause): string => newId('new', cause)

/** A job that a person or an integrator writes down: the path of an import of one record, source `manual`. Throws `invalid`, `conflict`. */
export async function createJob(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  org: string,
  cause: Cause,
  item: IntakeItem,
): Promise<Job> {
  const { mapped } = item
  if (mapped.kind === 'rejected')
    throw new DomainError('invalid', 'The job does not fit the schema', {
      remedy: 'See JobInput in /openapi.json.',
      problems: mapped.problems,
    })
  if (mapped.kind === 'close' || mapped.status === 'closed')
    throw new DomainError('invalid', 'A job is created open', { remedy: 'Leave status out, and close it afterwards.' })
  const { externalId } = mapped.posting
  const unnamed = externalId === unnamedJob(cause)
  const before = unnamed ? await store.get(org, 'jobs', jobIdOf(openingKey(SOURCE, externalId))) : undefined
  if (before) return before
  const { timeZone: zone } = await store.organisation(org)
  const { closesOn } = mapped.posting
  if (closesOn !== null && closesOn < adDay(clock.now(), zone))
    throw new DomainError('invalid', `The closing date ${closesOn} has passed`, {
      remedy: 'Use a later date.',
      problems: [{ at: '/closesOn', message: 'has passed' }],
    })
  const into = { org, source: SOURCE, cause, zone, listing: false }
  const { result } = await ingestRecords({ store, clock }, into, [item])
  const [made] = result.jobs
  if (!made || (made.outcome !== 'created' && !unnamed))
    throw new DomainError('conflict', `There is a job with the externalId ${externalId}: ${made?.ref}`, {
      remedy: 'Change that one with PATCH, or leave externalId out.',
    })
  const job = await store.get(org, 'jobs', made.id)
  if (!job) throw new Error(`${made.id} is not there after its commit`)
  return job
}
