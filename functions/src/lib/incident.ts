import { occurred, type Trouble } from '#domain/incident.ts'
import type { DeadLetter } from '#domain/machinery.ts'
import type { Transaction } from '#functions/ports/store.ts'
import { token } from './hash.ts'
import { log } from './log.ts'

/** Work that was given up with the trouble: what re-driving needs. */
export type GivenUp = Pick<DeadLetter, 'kind' | 'queue' | 'payload' | 'attempts' | 'correlationId'>

/** Opens the incident, or counts one more occurrence of it; an opening tells the administrators, once. */
export async function openIncident(tx: Transaction, trouble: Trouble): Promise<void> {
  const { incident, notice } = occurred(await tx.get('incidents', trouble.id), trouble, tx.now)
  tx.put('incidents', incident)
  if (notice) tx.put('notices', { ...notice, id: `ntc_${token(`${trouble.id} ${tx.now}`, 16)}` })
}

/** Leaves the work with its incident, to be re-driven. */
export function giveUpWork(tx: Transaction, { id, subject, kind, message }: Trouble, work: GivenUp): void {
  // One line for each, so that an operator can count and be alerted by them.
  log().error({ subject, kind }, 'dead letter')
  tx.put('deadLetters', { ...work, id, subject, reason: message, at: tx.now, state: 'open' })
}

/** It works again: closes the incident, and what was given up with it has been done since. */
export async function closeIncident(tx: Transaction, id: string): Promise<void> {
  const incident = await tx.get('incidents', id)
  if (!incident || incident.closedAt) return
  tx.put('incidents', { ...incident, closedAt: tx.now })
  const letter = await tx.get('deadLetters', id)
  if (letter) tx.put('deadLetters', { ...letter, state: 'closed' })
}
