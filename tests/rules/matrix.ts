import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing'
import { doc, setDoc, setLogLevel } from 'firebase/firestore'
import { freshProject } from '#tests/support/fresh-project.ts'
import { ACTORS, type Actor, type Client, ORG, signIn } from './actors.ts'
import { OPERATIONS } from './operations.ts'
import { PLACES } from './paths.ts'

// Thousands of refusals are what is asked for here.
setLogLevel('silent')

/** Who, what, where, and whether it is to be allowed. */
export type Cell = { actor: Actor; operation: (typeof OPERATIONS)[number]; path: string; allowed: boolean }

const isAdmin = ({ claims }: Actor): boolean => claims?.role === 'admin'

export const CELLS: Cell[] = ACTORS.flatMap((actor) =>
  OPERATIONS.flatMap((operation) =>
    PLACES.map(({ path, access }) => ({
      actor,
      operation,
      path,
      allowed: actor.reads && (isAdmin(actor) || !access.endsWith('by an administrator')) && operation.allows(access),
    })),
  ),
)

/** The claims that a weaker rule would let through first: enough to tell any two rule files apart. */
const TELLING = ['admin of another organisation', 'unknown role', 'viewer', 'admin']
export const TELLING_CELLS = TELLING.flatMap((name) => CELLS.filter(({ actor }) => actor.name === name))

/** A project of its own under these rules, with a document at every place. */
export async function world(rules: string): Promise<RulesTestEnvironment> {
  const [host, port] = (process.env.FIRESTORE_EMULATOR_HOST ?? '').split(':')
  const env = await initializeTestEnvironment({
    projectId: freshProject(),
    firestore: { host: host ?? '', port: Number(port), rules },
  })
  await env.withSecurityRulesDisabled(async (context) => {
    const db = context.firestore()
    await Promise.all(
      PLACES.map(({ path }) => setDoc(doc(db, path), { org: ORG, status: 'open', updatedAt: '2026-11-20' })),
    )
  })
  return env
}

/** Tries cells one after the other per actor; yields each with what happened, as it happens. */
export async function* outcomes(
  env: RulesTestEnvironment,
  cells: readonly Cell[],
): AsyncGenerator<Cell & { happened: boolean }> {
  const clients = new Map<string, Client>()
  const AT_ONCE = 40
  for (let from = 0; from < cells.length; from += AT_ONCE) {
    const batch = cells.slice(from, from + AT_ONCE)
    for (const { actor } of batch) if (!clients.has(actor.name)) clients.set(actor.name, signIn(env, actor))
    const happened = await Promise.all(
      batch.map(({ actor, operation, path }) => attempt(operation.run, clients.get(actor.name), path)),
    )
    for (const [i, cell] of batch.entries()) yield { ...cell, happened: happened[i] ?? false }
  }
}

/** Only a refusal by the rules counts as one; any other failure is a fault of the test. */
async function attempt(run: Cell['operation']['run'], db: Client | undefined, path: string): Promise<boolean> {
  if (!db) throw new Error('no client')
  try {
    await run(db, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'permission-denied') return false
    throw error
  }
}
