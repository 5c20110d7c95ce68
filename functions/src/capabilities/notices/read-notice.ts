import { notFound } from '#domain/errors.ts'
import { Id } from '#domain/ids.ts'
import type { Notice } from '#domain/incident.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

/** Marks a notice as read by whoever asks; who read it first stays. Throws `not_found`. */
export async function readNotice(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  id: string,
): Promise<Notice> {
  if (!Id.safeParse(id).success) throw notFound('notice', id)
  return store.transact(org, cause, async (tx) => {
    const notice = await tx.get('notices', id)
    if (!notice) throw notFound('notice', id)
    if (notice.readAt !== null) return notice
    const read = { ...notice, readBy: `${cause.actor.kind}:${cause.actor.id}`, readAt: tx.now }
    tx.put('notices', read)
    return read
  })
}
