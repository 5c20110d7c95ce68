import type { Http2SecureServer, IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2'
import type { Log } from '../settings.ts'

/** One unary call as it arrived. */
export interface GrpcCall {
  /** "/package.Service/Method" */
  path: string
  headers: IncomingHttpHeaders
  message: Buffer
}

export interface GrpcAnswer {
  /** gRPC status code; 0 = OK. */
  status: number
  message?: string
  body?: Buffer
  trailers?: Record<string, string>
  /** The caller waits until it gives up. */
  hang?: boolean
  /** Real milliseconds before the answer. */
  delayMs?: number
}

export type GrpcHost = (call: GrpcCall) => Promise<GrpcAnswer>

const PREFIX = 5
const INTERNAL = 13
const UNIMPLEMENTED = 12

/** Unary gRPC over HTTP/2, as far as the platforms' clients need it: no compression, no streams. */
export function serveGrpc(server: Http2SecureServer, hosts: ReadonlyMap<string, GrpcHost>, log: Log): void {
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined)
    const name = String(headers[':authority'] ?? '').replace(/:\d+$/, '')
    const host = hosts.get(name)
    const answered = async (): Promise<GrpcAnswer> => {
      if (!host) return { status: UNIMPLEMENTED, message: `The sandbox does not imitate ${name} over gRPC` }
      const chunks: Buffer[] = []
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
      return host({
        path: String(headers[':path'] ?? ''),
        headers,
        message: Buffer.concat(chunks).subarray(PREFIX),
      })
    }
    answered()
      .catch((cause: unknown): GrpcAnswer => {
        log('sandbox defect', {
          host: name,
          error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
        })
        return { status: INTERNAL, message: 'The sandbox failed; see its log' }
      })
      .then((answer) => {
        if (answer.hang) return
        if (answer.delayMs) setTimeout(() => respond(stream, answer), answer.delayMs).unref()
        else respond(stream, answer)
      })
      .catch(() => stream.destroy())
  })
}

function respond(stream: ServerHttp2Stream, answer: GrpcAnswer): void {
  if (stream.destroyed || stream.closed) return
  const head = { ':status': 200, 'content-type': 'application/grpc' }
  const trailers = {
    'grpc-status': String(answer.status),
    ...(answer.message && { 'grpc-message': encodeURIComponent(answer.message) }),
    ...answer.trailers,
  }
  if (answer.status !== 0 || !answer.body) {
    stream.respond({ ...head, ...trailers }, { endStream: true })
    return
  }
  stream.respond(head, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers(trailers))
  const prefix = Buffer.alloc(PREFIX)
  prefix.writeUInt32BE(answer.body.length, 1)
  stream.end(Buffer.concat([prefix, answer.body]))
}
