import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
} from 'jose'
import { RUNS_AS } from './stack/environment.ts'

/** Signs identity tokens as Google signs those of Cloud Tasks and Cloud Scheduler, with a key that only this machine trusts. */
export interface TokenSigner {
  /** A one-hour OIDC token of that service account for that audience: RS256, `kid` in `jwks`. Real time, not virtual. */
  identityToken(claims: { serviceAccountEmail: string; audience: string }): Promise<string>
  /** The public half. */
  jwks: JSONWebKeySet
}

const LIFETIME_SECONDS = 3600

/** The signer whose RSA key lies in `keyFile` (mode 0600), made on first use, so that tokens stay valid over a restart. */
export async function localSigner(keyFile: string): Promise<TokenSigner> {
  const privateJwk = statSync(keyFile, { throwIfNoEntry: false }) ? readKey(keyFile) : await makeKey(keyFile)
  const key = await importJWK(privateJwk, 'RS256')
  const { kty, n, e } = privateJwk
  if (kty !== 'RSA' || !n || !e) throw new Error(`${keyFile} holds no RSA key; remove it and start again`)
  const publicJwk = { kty, n, e, alg: 'RS256', use: 'sig' }
  const kid = await calculateJwkThumbprint(publicJwk)

  return {
    jwks: { keys: [{ ...publicJwk, kid }] },
    identityToken: ({ serviceAccountEmail, audience }) => {
      const issuedAt = Math.floor(Date.now() / 1000)
      return new SignJWT({ azp: serviceAccountEmail, email: serviceAccountEmail, email_verified: true })
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .setIssuer('https://accounts.google.com')
        .setSubject(serviceAccountEmail)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_SECONDS)
        .sign(key)
    },
  }
}

const IDENTITY = '/computeMetadata/v1/instance/service-accounts/default/identity'

/**
 * Serves the signer's public keys at `/jwks.json`, and as Google's metadata server the identity tokens of the account that the functions
 * run as; on the loopback interface; port 0 takes a free one.
 */
export async function startTokens({
  port,
  signer,
  runsAs = RUNS_AS,
}: {
  port: number
  signer: TokenSigner
  runsAs?: string
}) {
  const answer = async (url: URL, asksMetadata: boolean): Promise<[status: number, type: string, body: string]> => {
    if (url.pathname === '/jwks.json') return [200, 'application/json', JSON.stringify(signer.jwks)]
    const audience = url.searchParams.get('audience')
    if (url.pathname !== IDENTITY) return [404, 'text/plain', `Only /jwks.json and ${IDENTITY} are served here`]
    if (!asksMetadata) return [403, 'text/plain', 'Send "Metadata-Flavor: Google"']
    if (!audience) return [400, 'text/plain', 'Name the audience']
    return [200, 'text/html', await signer.identityToken({ serviceAccountEmail: runsAs, audience })]
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://tokens')
    const reads = request.method === 'GET' || request.method === 'HEAD'
    void answer(reads ? url : new URL('http://tokens/'), request.headers['metadata-flavor'] === 'Google').then(
      ([status, type, body]) => response.writeHead(status, { 'content-type': type }).end(body),
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.address() as AddressInfo).port
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}/jwks.json`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function makeKey(keyFile: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const draft = `${keyFile}.${process.pid}.tmp`
  writeFileSync(draft, JSON.stringify(jwk), { mode: 0o600 })
  renameSync(draft, keyFile)
  return jwk
}

function readKey(keyFile: string): JWK {
  try {
    return JSON.parse(readFileSync(keyFile, 'utf8')) as JWK
  } catch (cause) {
    throw new Error(`${keyFile} holds no key; remove it and start again`, { cause })
  }
}
