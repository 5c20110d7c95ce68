import * as http from 'node:http'
import * as https from 'node:https'
import { invalid, unimplemented } from '#local/grpc.ts'
import type { TokenSigner } from '#local/tokens.ts'

/** A request as a task or a job describes it. */
export interface OutgoingRequest {
  url: string
  method: string
  headers: Record<string, string>
  body: Buffer | undefined
}

/** What became of it: an HTTP answer, or none within the deadline, or no connection. */
export type Outcome =
  | { kind: 'answer'; httpStatus: number; retryAfter: string | undefined }
  | { kind: 'deadline' }
  | { kind: 'unreachable'; reason: string }

/** Ends a request that takes longer than `ms` real milliseconds. Replaceable, so that a test need not wait for it. */
export type Deadline = (ms: number) => AbortSignal

/**
 * Sends one request and reads its answer to the end. Never throws, follows no redirect, uses no proxy, and opens a new
 * connection each time: a kept one that the restarted function host has closed would fail an attempt for nothing.
 */
export function sendRequest(request: OutgoingRequest, deadline: AbortSignal, stop: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const failed = (error: Error): void =>
      resolve(deadline.aborted ? { kind: 'deadline' } : { kind: 'unreachable', reason: error.message })
    const { url, method, body } = request
    const client = url.startsWith('https:') ? https : http
    const signal = AbortSignal.any([deadline, stop])
    const outgoing = client.request(url, { method, agent: false, signal, headers: withLength(request) }, (answer) => {
      const { statusCode = 0, headers } = answer
      answer.on('error', failed)
      answer.on('end', () => resolve({ kind: 'answer', httpStatus: statusCode, retryAfter: headers['retry-after'] }))
      answer.resume()
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

function withLength({ headers, body, method }: OutgoingRequest): Record<string, string> {
  if (!body && (method === 'GET' || method === 'HEAD')) return headers
  return { ...headers, 'Content-Length': String(body?.length ?? 0) }
}

/** The caller's headers without those that Google's services compute or keep for themselves. */
export function ownHeaders(headers: Record<string, string> | undefined, alsoReserved: RegExp): Record<string, string> {
  const reserved = /^(host|content-length|user-agent|x-google-.*|x-appengine-.*)$/i
  return Object.fromEntries(
    Object.entries(headers ?? {}).filter(([name]) => !reserved.test(name) && !alsoReserved.test(name)),
  )
}

const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH']

/** What a task's request and a job's target have in common, as sent by the clients; bytes are base64. */
export interface WireRequest {
  httpMethod?: string | undefined
  headers?: Record<string, string> | undefined
  body?: string | undefined
  oauthToken?: object | undefined
  oidcToken?: { serviceAccountEmail?: string | undefined; audience?: string | undefined } | undefined
}

/** Refuses what Google's services refuse: a wrong URL, a body that the method does not carry, a token for nobody. */
export function checkRequest(request: WireRequest, url: string | undefined, field: string): void {
  if (!url || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw invalid(`${field} must be a URL that begins with http:// or https://, found "${url ?? ''}"`)
  }
  if (url.length > 2083) throw invalid(`${field} must not be longer than 2083 characters`)
  if (request.body && !METHODS_WITH_BODY.includes(methodOf(request))) {
    throw invalid(`A body is allowed with ${METHODS_WITH_BODY.join(', ')} only, not with ${methodOf(request)}`)
  }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    try {
      http.validateHeaderName(name)
      http.validateHeaderValue(name, value)
    } catch {
      throw invalid(`"${name}" is not a valid HTTP header, or its value is not`)
    }
  }
  if (request.oauthToken) throw unimplemented('Locally only oidc_token is signed; oauth_token is for googleapis.com')
  if (request.oidcToken && !request.oidcToken.serviceAccountEmail) {
    throw invalid('oidc_token.service_account_email is required')
  }
}

/** The HTTP method; POST when none was named. */
export function methodOf({ httpMethod }: WireRequest): string {
  return !httpMethod || httpMethod === 'HTTP_METHOD_UNSPECIFIED' ? 'POST' : httpMethod
}

/** The request with its identity token, which replaces any Authorization header of the caller's. */
export async function authorized(
  request: WireRequest,
  outgoing: OutgoingRequest,
  signer: TokenSigner,
): Promise<OutgoingRequest> {
  const { serviceAccountEmail, audience } = request.oidcToken ?? {}
  if (!serviceAccountEmail) return outgoing
  const token = await signer.identityToken({ serviceAccountEmail, audience: audience || outgoing.url })
  const others = Object.entries(outgoing.headers).filter(([name]) => name.toLowerCase() !== 'authorization')
  return { ...outgoing, headers: { ...Object.fromEntries(others), Authorization: `Bearer ${token}` } }
}
