import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import type { Server } from 'node:net'
import type { Log } from '../settings.ts'
import { splitByAlpn } from './alpn.ts'
import { type Host, json, readBody, send } from './answer.ts'
import type { Certificates } from './certificates.ts'
import { type GrpcHost, serveGrpc } from './grpc.ts'

const MOST_BODY = 64 * 1024 * 1024

/**
 * The server behind the proxy: one address for all platforms, told apart by the host that the caller asked for. A caller that speaks
 * HTTP/2 alone is a gRPC client; the same host name may answer REST as well.
 */
export function platformServer(
  certificates: Certificates,
  hosts: ReadonlyMap<string, Host>,
  grpcHosts: ReadonlyMap<string, GrpcHost>,
  log: Log,
): Server {
  const server = createServer({ cert: certificates.cert, key: certificates.key }, (request, response) => {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
    const host = hosts.get(name)
    const answered = async (): Promise<void> => {
      if (!host) {
        send(response, json(421, { error: { message: `The sandbox does not imitate ${name || 'a nameless host'}` } }))
        return
      }
      const body = await readBody(request, MOST_BODY)
      if (!body) {
        send(response, json(413, { error: { message: 'The request is larger than 64 MiB', code: 413 } }))
        return
      }
      send(
        response,
        await host({ method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers, body }),
      )
    }
    answered().catch((cause: unknown) => {
      // A caller that hangs up while it sends is its own affair; anything else is a defect of the sandbox and must be seen.
      if (request.destroyed && !request.complete) return
      log('sandbox defect', {
        host: name,
        error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      })
      if (!response.headersSent)
        send(response, json(500, { error: { message: 'The sandbox failed; see its log', code: 1 } }))
    })
  })
  // Hung requests are a fault that callers ask for; the server itself must not give up on them first.
  server.requestTimeout = 0
  // Longer than any client keeps an idle connection: else a call that crosses the closing looks like a lost answer.
  server.keepAliveTimeout = 120_000
  server.on('tlsClientError', () => undefined)
  const h2 = createSecureServer({ cert: certificates.cert, key: certificates.key })
  h2.on('tlsClientError', () => undefined)
  h2.on('sessionError', () => undefined)
  serveGrpc(h2, grpcHosts, log)
  return splitByAlpn(server, h2)
}
