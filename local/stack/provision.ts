import { Firestore } from '@google-cloud/firestore'
import { loadDemo } from '../demo/load-demo.ts'
import { connectAccounts } from './connect-accounts.ts'
import { PROJECT } from './environment.ts'
import { functionsList } from './functions-list.ts'
import { localAccess } from './local-users.ts'
import { openOrganisations } from './organisations.ts'
import { portsFrom } from './ports.ts'
import { createQueues } from './queues.ts'
import { createSchedules } from './schedules.ts'
import { createTopics } from './topics.ts'
import { createUsers } from './users.ts'

/**
 * Fills the emulators and stand-ins once all of them are up: topics and subscriptions, queues, schedules, users, documents.
 * A process of its own, because the clients need the children's environment. Arguments: port base, state folder, `demo` or `empty`.
 */
async function provision(base: number, state: string, empty: boolean): Promise<void> {
  const ports = portsFrom(base)
  const list = functionsList()
  const access = localAccess(state)
  const db = new Firestore({ projectId: PROJECT })
  await Promise.all([
    createTopics(list, `http://127.0.0.1:${ports.host}`),
    createQueues(list, ports.tasks),
    createUsers(access.users),
  ])
  // A schedule publishes as soon as it exists, so the topics are there first.
  await createSchedules(list, ports.scheduler)
  await openOrganisations(db, access)
  const functionsUrl = `http://127.0.0.1:${ports.host}`
  await connectAccounts(access, `${functionsUrl}/api`)
  await loadDemo({ empty, ...access, functionsUrl, sandboxUrl: `http://127.0.0.1:${ports.sandbox}`, say: console.log })
  await db.terminate()
}

const [, , base, state, kind] = process.argv
try {
  await provision(Number(base), String(state), kind === 'empty')
  process.send?.({ ready: true })
} catch (error) {
  console.error(error)
  process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
process.disconnect?.()
