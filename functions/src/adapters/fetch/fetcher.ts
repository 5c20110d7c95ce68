import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import { DomainError } from '#domain/errors.ts'
import type { Environment } from '#functions/lib/env.ts'
import type { Fetched, Fetcher } from '#functions/ports/index.ts'
import { checkedUrl, isLoopback, isPublic, notAllowed } from './address.ts'

const CONNECT_MS = 10_000
const HEADERS_MS = 20_000
const SILENCE_MS = 30_000
const WHOLE_MS = 480_000
const MOST_REDIRECTS = 3
const REDIRECTS = [301, 302, 303, 307, 308]

export interface Resolved {
  address: string
  family: number
}
/** All addresses of a name. */
export type Resolve = (host: string) => Promise<Resolved[]>

const systemResolve: Resolve = (host) => systemLookup(host, { all: true, verbatim: true })

/**
 * Fetches foreign addresses. A name is resolved once, refused if any of its addresses is not public, and connected to by exactly those
 * addresses, so that a second answer of its DNS changes nothing. Redirects are followed by hand and checked again. No proxy is used.
 * Throws `unprocessable` (not allowed) or `unavailable` (no answer).
 */
export function publicFetcher(env: Pick<Environment, 'local'>, resolve: Resolve = systemResolve): Fetcher {
  const local = env.local !== undefined
  const agent = new Agent({
    connect: { lookup: pinned(resolve, local), timeout: CONNECT_MS },
    headersTimeout: HEADERS_MS,
    bodyTimeout: SILENCE_MS,
  })
  return {
    get: (url) => send(agent, local, url, undefined),
    post: (url, json) => send(agent, local, url, JSON.stringify(json)),
  }
}

/** What the socket connects to: the checked addresses, never the name again. */
function pinned(resolve: Resolve, local: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const allowed = (ip: string): boolean => isPublic(ip) || (local && host === 'localhost' && isLoopback(ip))
        const [first] = found
        if (!first || !found.every(({ address }) => allowed(address)))
          return done(notAllowed(host, 'it is not on the public internet'), '', 4)
        if (options.all) return done(null, found)
        done(null, first.address, first.family)
      },
      (error: Error) => done(error, '', 4),
    )
  }
}

async function send(agent: Agent, local: boolean, start: string, body: string | undefined): Promise<Fetched> {
  let url = checkedUrl(start, local)
  const signal = AbortSignal.timeout(WHOLE_MS)
  for (let hops = 0; ; hops++) {
    const answer = await ask(agent, url, body, signal)
    const location = answer.headers.location
    if (!REDIRECTS.includes(answer.statusCode) || typeof location !== 'string') {
      const type = answer.headers['content-type']
      return {
        status: answer.statusCode,
        contentType: typeof type === 'string' ? type : null,
        body: guarded(answer.body),
      }
    }
    await answer.body.dump()
    if (body !== undefined || hops >= MOST_REDIRECTS) throw notAllowed(url.href, 'it redirects too often')
    const next = URL.parse(location, url)
    if (!next) throw notAllowed(location, 'it is no address')
    url = checkedUrl(next.href, local)
  }
}

async function ask(agent: Agent, url: URL, body: string | undefined, signal: AbortSignal) {
  try {
    return await request(url, {
      dispatcher: agent,
      signal,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'user-agent': 'AdFlux/1',
        accept: '*/*',
        'accept-encoding': 'gzip',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body ?? null,
    })
  } catch (error) {
    throw explained(error)
  }
}

async function* guarded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw explained(error)
  }
}

/** A refusal of ours comes through; anything else is a feed that does not answer, named by its code alone. */
function explained(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const { code, name, cause } = error as { code?: string; name?: string; cause?: unknown }
  if (cause instanceof DomainError) return cause
  return new DomainError('unavailable', `The feed does not answer (${code ?? name ?? 'unknown'})`, {
    remedy: 'Check its address; it is tried again at the next pull.',
  })
}
