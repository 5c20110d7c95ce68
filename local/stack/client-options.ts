import { credentials } from '@grpc/grpc-js'
import { PassThroughClient } from 'google-auth-library'
import { PROJECT } from './environment.ts'

/** Options that lead a Google client without an emulator variable of its own to a stand-in on this machine. */
export const standInOptions = (port: number) => ({
  projectId: PROJECT,
  apiEndpoint: '127.0.0.1',
  port,
  sslCreds: credentials.createInsecure(),
  authClient: new PassThroughClient(),
})

const ALREADY_EXISTS = 6

export const alreadyExists = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === ALREADY_EXISTS
