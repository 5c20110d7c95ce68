import { DomainError, notFound } from '#domain/errors.ts'
import { PlatformKey } from '#domain/ids.ts'
import type { DeadLetter } from '#domain/machinery.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'
import { startSync, syncId } from './start-syncs.ts'

/** Syncs an account again, on a person's word. Its letter is marked; letter and incident close when the sync succeeds. */
export async function redriveSync(
  ports: Pick<Ports, 'store' | 'tasks'>,
  org: string,
  cause: Cause,
  { id, subject, payload }: DeadLetter,
): Promise<void> {
  const platform = PlatformKey.parse(payload.platform)
  const connection = await ports.store.get(org, 'connections', platform)
  if (!connection || syncId(connection) !== subject)
    throw new DomainError('illegal_state', `The ad account ${subject} is no longer connected`, {
      remedy: 'Connect it again in Settings; what is connected is synced by itself.',
    })
  if (!(await startSync(ports, org, cause, connection)))
    throw new DomainError('illegal_state', `A sync of ${subject} runs already`, {
      remedy: 'Wait until it has ended: GET /v1/tasks.',
    })
  await ports.store.transact(org, cause, async (tx) => {
    const letter = await tx.get('deadLetters', id)
    if (!letter) throw notFound('failed task', id)
    // The sync may have ended meanwhile.
    if (letter.state === 'open') tx.put('deadLetters', { ...letter, state: 'redriven' })
  })
}
