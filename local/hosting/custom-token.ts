import { initializeApp } from 'firebase-admin/app'
import { getAuth } from 'firebase-admin/auth'
import { PROJECT } from '../stack/environment.ts'

/** Mints sign-in tokens of the Auth emulator; FIREBASE_AUTH_EMULATOR_HOST must be set. */
export function customTokens(): (uid: string) => Promise<string> {
  const auth = getAuth(initializeApp({ projectId: PROJECT }))
  return (uid) => auth.createCustomToken(uid)
}
