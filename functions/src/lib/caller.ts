import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { DomainError } from '#domain/errors.ts'
import type { Environment } from './env.ts'

const GOOGLE_KEYS = 'https://www.googleapis.com/oauth2/v3/certs'
const ISSUERS = ['accounts.google.com', 'https://accounts.google.com']

/** The one service account whose tokens Cloud Tasks and Pub/Sub carry to our functions. */
export const invokerOf = (projectId: string): string => `invoker@${projectId}.iam.gserviceaccount.com`

/** The service account that a function runs as (terraform/access.tf). */
export const accountOf = (projectId: string, functionName: string): string =>
  `fn-${functionName}@${projectId}.iam.gserviceaccount.com`

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>()
function keys(url: string): ReturnType<typeof createRemoteJWKSet> {
  const known = keySets.get(url) ?? createRemoteJWKSet(new URL(url))
  keySets.set(url, known)
  return known
}

/**
 * Verifies the OIDC token of a machine's call (SECURITY.md 3): RS256, issuer, exact audience, one of the accounts: the invoker's, unless told
 * otherwise. IAM does the same before us in the cloud; this holds where IAM was opened by mistake. Throws `unauthenticated`.
 */
export async function verifyMachine(
  env: Environment,
  functionName: string,
  header: string | undefined,
  accounts: readonly string[] = [invokerOf(env.projectId)],
): Promise<void> {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1]
  const claims: JWTPayload | undefined = token
    ? await jwtVerify(token, keys(env.local?.jwksUrl ?? GOOGLE_KEYS), {
        algorithms: ['RS256'],
        issuer: ISSUERS,
        audience: `${env.functionsUrl}/${functionName}`,
        clockTolerance: 60,
      })
        .then(({ payload }) => payload)
        .catch(() => undefined)
    : undefined
  if (accounts.some((account) => account === claims?.email) && claims?.email_verified === true) return
  throw new DomainError('unauthenticated', `${functionName} takes calls of ${accounts.join(', ')} alone`)
}
