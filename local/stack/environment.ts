import { join } from 'node:path'
import type { Ports } from './ports.ts'

export const PROJECT = 'demo-adflux'
export const LOCATION = 'us-central1'

/** The service account that calls of Cloud Tasks, Scheduler and Pub/Sub name in their identity token. */
export const INVOKER = `invoker@${PROJECT}.iam.gserviceaccount.com`

/** All functions run in one process, and so as one account: that of the function that calls others. */
export const RUNS_AS = `fn-api@${PROJECT}.iam.gserviceaccount.com`

// Anything else from outside (proxies, root certificates, credentials) would lead a child out of the sandbox.
const INHERITED = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'TZ',
  'TERM',
  'JAVA_HOME',
  'SystemRoot',
]

/** What every child gets: the few harmless variables of the user, and nothing of the outside world. */
export function plainEnvironment(env: NodeJS.ProcessEnv, state: string): Record<string, string> {
  return { ...picked(env, INHERITED), TMPDIR: join(state, 'tmp'), METADATA_SERVER_DETECTION: 'none' }
}

/** Where the emulators and stand-ins are, for a process that uses Google's clients. */
export function cloudEnvironment(env: NodeJS.ProcessEnv, ports: Ports, state: string): Record<string, string> {
  const at = (port: number) => `127.0.0.1:${port}`
  return {
    ...plainEnvironment(env, state),
    GCLOUD_PROJECT: PROJECT,
    GOOGLE_CLOUD_PROJECT: PROJECT,
    FIRESTORE_EMULATOR_HOST: at(ports.firestore),
    FIREBASE_AUTH_EMULATOR_HOST: at(ports.auth),
    PUBSUB_EMULATOR_HOST: at(ports.pubsub),
    CLOUD_TASKS_EMULATOR_HOST: at(ports.tasks),
    CLOUD_SCHEDULER_EMULATOR_HOST: at(ports.scheduler),
    SECRET_MANAGER_EMULATOR_HOST: at(ports.secrets),
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    ADFLUX_LOCAL: '1',
    ADFLUX_CLOCK_FILE: join(state, 'clock.json'),
    ADFLUX_JWKS_URL: `http://${at(ports.tokens)}/jwks.json`,
    ADFLUX_METADATA_HOST: at(ports.tokens),
    ADFLUX_FUNCTIONS_URL: `http://${at(ports.host)}`,
    ADFLUX_CONSOLE_URL: `http://${at(ports.console)}`,
    ADFLUX_LOCATION: LOCATION,
  }
}

// Said once by the user for the product itself. Whatever key is given, only the sandbox gets to see it.
const OF_THE_PRODUCT = ['GEMINI_API_KEY', 'GEMINI_MODEL', 'LOG_LEVEL']

/** The function host's own: everything that leaves the machine goes through the sandbox's proxy and trusts the sandbox's authority alone. */
export function hostEnvironment(env: NodeJS.ProcessEnv, ports: Ports, state: string): Record<string, string> {
  const proxy = `http://127.0.0.1:${ports.proxy}`
  const authority = join(state, 'ca.pem')
  return {
    ...cloudEnvironment(env, ports, state),
    ...picked(env, OF_THE_PRODUCT),
    HTTPS_PROXY: proxy,
    https_proxy: proxy,
    NODE_USE_ENV_PROXY: '1',
    NODE_EXTRA_CA_CERTS: authority,
    GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: authority,
  }
}

function picked(env: NodeJS.ProcessEnv, names: string[]): Record<string, string> {
  const set: Record<string, string> = {}
  for (const name of names) {
    const value = env[name]
    if (value !== undefined) set[name] = value
  }
  return set
}
