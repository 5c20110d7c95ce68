import { initializeApp } from 'firebase-admin/app'
import { type Auth, getAuth } from 'firebase-admin/auth'
import { PROJECT } from './environment.ts'
import type { LocalUser } from './local-users.ts'

/** Every user with password and claims `{ org, role, cv }`; an account that exists already is left as it is. */
export async function createUsers(users: LocalUser[]): Promise<void> {
  const auth = getAuth(initializeApp({ projectId: PROJECT }))
  await Promise.all(users.map((user) => createUser(auth, user)))
}

async function createUser(auth: Auth, { uid, email, password, role, org }: LocalUser): Promise<void> {
  try {
    await auth.createUser({ uid, email, password, emailVerified: true, displayName: `${title(role)} (${org})` })
  } catch (error) {
    if (!isTaken(error)) throw error
    return
  }
  await auth.setCustomUserClaims(uid, { org, role, cv: 1 })
}

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'auth/uid-already-exists' || error.code === 'auth/email-already-exists')
