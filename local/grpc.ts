import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type status as StatusCode,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

/** One line of a stand-in's log, with details for whoever wants them. */
export type Log = (message: string, details?: Record<string, unknown>) => void

/** What a stand-in's factory answers. */
export interface RunningServer {
  port: number
  stop(): Promise<void>
}

/** google.protobuf.Timestamp and Duration as they arrive: 64-bit numbers are strings, what is 0 may be absent. */
export interface WireTime {
  seconds?: string | undefined
  nanos?: number | undefined
}

/** An answer that is not a success: a gRPC code and a sentence that says what to change. */
export class Refusal extends Error {
  readonly code: StatusCode
  constructor(code: StatusCode, details: string) {
    super(details)
    this.name = 'Refusal'
    this.code = code
  }
}

export const invalid = (details: string): Refusal => new Refusal(status.INVALID_ARGUMENT, details)
export const notFound = (details: string): Refusal => new Refusal(status.NOT_FOUND, details)
export const unimplemented = (details: string): Refusal => new Refusal(status.UNIMPLEMENTED, details)

/**
 * The service as the protos inside a Google client package define it, whatever folder that package was installed in.
 * Messages are JSON-shaped: bytes are base64, 64-bit numbers strings, enums their names.
 */
export function loadService(clientPackage: string, protoFile: string, serviceName: string): ServiceDefinition {
  const client = packageFile(clientPackage, new URL('../functions/package.json', import.meta.url))
  const gax = packageFile('google-gax', pathToFileURL(client))
  const includeDirs = [client, gax].map((file) => join(dirname(file), 'build', 'protos'))
  const found = loadSync(protoFile, { includeDirs, longs: String, enums: String, bytes: String })[serviceName]
  if (!found || 'format' in found) throw new Error(`${clientPackage} ships no service ${serviceName} in ${protoFile}`)
  return found as ServiceDefinition
}

function packageFile(name: string, from: URL): string {
  const found = findPackageJSON(name, from)
  if (!found) throw new Error(`${name} is not installed; run npm ci`)
  return found
}

/** A method of a stand-in: a request in, a response or a promise of one out; throws a `Refusal` to answer another code. */
export type Methods = Record<string, (request: never) => unknown>

/** What a stand-in consists of once it is open. */
export interface StandIn {
  methods: Methods
  close(): void
}

/**
 * Serves a stand-in on the loopback interface; port 0 takes a free one. It is opened only when the port is ours, so that a
 * second process never touches the state of the first. Methods left out answer UNIMPLEMENTED.
 */
export async function serveGrpc(options: {
  port: number
  service: ServiceDefinition
  open: () => StandIn
  log: Log
}): Promise<RunningServer> {
  const { service, log } = options
  let standIn: StandIn | undefined
  const server = new Server()
  const handlers: UntypedServiceImplementation = {}
  for (const name of Object.keys(service)) handlers[name] = unary(name, () => standIn?.methods[name], log)
  server.addService(service, handlers)
  const shutDown = (): Promise<void> =>
    new Promise((resolve) => {
      server.tryShutdown(() => resolve())
      server.forceShutdown()
    })

  const port = await bind(server, options.port)
  try {
    standIn = options.open()
  } catch (error) {
    await shutDown()
    throw error
  }
  const { close } = standIn
  return {
    port,
    stop: async () => {
      await shutDown()
      close()
    },
  }
}

const bind = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (cause, bound) => {
      if (!cause) return resolve(bound)
      reject(new Error(`Port ${port} is taken; end the other stack or choose another ADFLUX_PORT`, { cause }))
    })
  })

function unary(
  name: string,
  find: () => ((request: never) => unknown) | undefined,
  log: Log,
): handleUnaryCall<unknown, unknown> {
  return async (call, callback) => {
    try {
      const method = find()
      if (!method) throw unimplemented(`${name} is not served locally`)
      callback(null, await method(call.request as never))
    } catch (cause) {
      if (cause instanceof Refusal) return callback({ code: cause.code, details: cause.message })
      const error = cause instanceof Error ? cause : new Error(String(cause))
      log(`${name} failed: ${error.message}`, { stack: error.stack })
      callback({ code: status.INTERNAL, details: error.message })
    }
  }
}

/** The gRPC code that Google's services report for an HTTP answer of a target. */
export function codeOfHttp(httpStatus: number): StatusCode {
  if (httpStatus >= 200 && httpStatus < 300) return status.OK
  const known: Record<number, StatusCode> = {
    400: status.INVALID_ARGUMENT,
    401: status.UNAUTHENTICATED,
    403: status.PERMISSION_DENIED,
    404: status.NOT_FOUND,
    409: status.ABORTED,
    416: status.OUT_OF_RANGE,
    429: status.RESOURCE_EXHAUSTED,
    499: status.CANCELLED,
    501: status.UNIMPLEMENTED,
    503: status.UNAVAILABLE,
    504: status.DEADLINE_EXCEEDED,
  }
  if (httpStatus >= 500) return known[httpStatus] ?? status.INTERNAL
  return known[httpStatus] ?? status.UNKNOWN
}
