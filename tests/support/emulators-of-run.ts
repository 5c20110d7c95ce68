import { inject } from 'vitest'

const { firestore, pubsub } = inject('emulators')

process.env.FIRESTORE_EMULATOR_HOST = firestore
process.env.PUBSUB_EMULATOR_HOST = pubsub

// A proxy or a root of the machine's own would catch gRPC on its way to the loopback interface.
for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH'])
  delete process.env[name]
