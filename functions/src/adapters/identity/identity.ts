import { getApps, initializeApp } from 'firebase-admin/app'
import { getAuth } from 'firebase-admin/auth'
import { z } from 'zod'
import { DomainError } from '#domain/errors.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { Identity } from '#functions/ports/index.ts'

const Claims = z.object({
  org: z.string().nullable().catch(null),
  role: z.string().nullable().catch(null),
  cv: z.int().catch(0),
})
const SignedIn = z.object({ idToken: z.string(), expiresIn: z.coerce.number() })

export function firebaseIdentity(env: Environment): Identity {
  const app = getApps()[0] ?? initializeApp({ projectId: env.projectId })
  const auth = getAuth(app)
  const toolkit = env.local?.authHost
    ? `http://${env.local.authHost}/identitytoolkit.googleapis.com`
    : 'https://identitytoolkit.googleapis.com'

  return {
    async verify(token) {
      const decoded = await auth.verifyIdToken(token).catch(() => {
        throw new DomainError('unauthenticated', 'The token is not valid or has expired', { remedy: 'Sign in again.' })
      })
      const { org, role, cv } = Claims.parse({ org: decoded.org, role: decoded.role, cv: decoded.cv })
      return { uid: decoded.uid, org, role, claimsVersion: cv }
    },

    async signIn(email, password) {
      const answer = await fetch(`${toolkit}/v1/accounts:signInWithPassword?key=${env.webApiKey}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password, returnSecureToken: true }),
        signal: AbortSignal.timeout(10_000),
      })
      if (answer.status >= 500) throw new DomainError('unavailable', 'The sign-in service does not answer')
      if (!answer.ok)
        throw new DomainError('unauthenticated', 'User name or password is wrong', {
          remedy: 'Check both and try again.',
        })
      const { idToken, expiresIn } = SignedIn.parse(await answer.json())
      return { token: idToken, expiresIn }
    },
  }
}
