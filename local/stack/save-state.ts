import { saveAccounts } from './auth.ts'
import { saveFirestore } from './firestore.ts'
import type { Ports } from './ports.ts'

/** Keeps documents and accounts for the next start; a part that cannot be saved is said and the other still is. */
export async function saveState(ports: Ports, state: string, say: (line: string) => void): Promise<void> {
  const [documents, accounts] = await Promise.allSettled([saveFirestore(ports, state), saveAccounts(ports, state)])
  if (documents.status === 'rejected') say(`The documents could not be saved: ${documents.reason}`)
  if (accounts.status === 'rejected') say(`The accounts could not be saved: ${accounts.reason}`)
}
