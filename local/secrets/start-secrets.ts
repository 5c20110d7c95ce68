import type { StackClock } from '#local/clock.ts'
import { type Log, loadService, type RunningServer, serveGrpc } from '#local/grpc.ts'
import { secretMethods } from '#local/secrets/secret-methods.ts'
import { openSecretStore } from '#local/secrets/secret-store.ts'
import { versionMethods } from '#local/secrets/version-methods.ts'

export interface SecretsOptions {
  /** 0 takes a free one. */
  port: number
  /** Secrets live here in clear, in a file of mode 0600, and survive the process. */
  stateFile: string
  clock: StackClock
  log?: Log
}

/**
 * A Secret Manager on this machine: google.cloud.secretmanager.v1 over gRPC on 127.0.0.1, for the unmodified client. No
 * IAM, expiry, rotation, topics or filters; those answer UNIMPLEMENTED.
 */
export function startSecrets(options: SecretsOptions): Promise<RunningServer> {
  const { port, stateFile, clock, log = () => {} } = options
  const service = loadService(
    '@google-cloud/secret-manager',
    'google/cloud/secretmanager/v1/service.proto',
    'google.cloud.secretmanager.v1.SecretManagerService',
  )
  const open = () => {
    const store = openSecretStore(stateFile)
    return { methods: { ...secretMethods(store, clock), ...versionMethods(store, clock) }, close: store.close }
  }
  return serveGrpc({ port, service, open, log })
}
