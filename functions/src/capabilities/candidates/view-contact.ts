import type { ContactDetails } from '#domain/candidate.ts'
import { notFound } from '#domain/errors.ts'
import type { Ports } from '#functions/ports/index.ts'
import type { Cause } from '#functions/ports/store.ts'

/** Name, mail and phone of one candidate. Every look is an entry in the candidate's audit, found or not. Throws `not_found`. */
export async function viewContact(
  { store }: Pick<Ports, 'store'>,
  org: string,
  cause: Cause,
  name: string,
): Promise<ContactDetails & { candidate: string }> {
  const { id } = await store.find(org, 'candidates', name)
  return store.transact(org, cause, async (tx) => {
    const [candidate, contact] = [await tx.get('candidates', id), await tx.get('contacts', id)]
    if (!candidate) throw notFound('candidate', name)
    tx.record('candidates', candidate, candidate, { action: 'contact.viewed' })
    return {
      candidate: id,
      name: contact?.name ?? null,
      email: contact?.email ?? null,
      phone: contact?.phone ?? null,
    }
  })
}
