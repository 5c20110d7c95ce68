import grpc from '@grpc/grpc-js'
import { PassThroughClient } from 'google-auth-library'

/**
 * Options of a Google client that has no emulator variable of its own: nothing in the cloud, a plain-text channel to the local
 * stand-in. The port must be apart from the host, and without an auth client the library looks for a metadata server.
 */
export function clientOptions(projectId: string, localHost: string | undefined) {
  if (!localHost) return { projectId }
  const [host = '', port] = localHost.split(':')
  return {
    projectId,
    apiEndpoint: host,
    port: Number(port),
    sslCreds: grpc.credentials.createInsecure(),
    authClient: new PassThroughClient(),
  }
}
