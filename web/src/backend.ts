import type { Role } from '#domain/actor.ts'

/** `/config.json`, written by the hosting (production) or by the local stack. */
export interface BackendConfig {
  local: boolean
  projectId: string
  apiKey?: string
  /** Address of the Auth emulator; local stack only. */
  auth?: string
  firestore?: { host: string; port: number }
}

export interface Account {
  uid: string
  email: string
  org: string | null
  role: string | null
}

/** An account that belongs to an organisation: what the screens see. */
export interface Member {
  uid: string
  email: string
  org: string
  role: Role
}

export type Where = readonly [field: string, operator: '==' | 'in' | '>=' | '<', value: unknown]

/** Every list is bounded and ordered: the rules refuse any other. */
export interface ListQuery {
  path: string
  where?: readonly Where[]
  order: readonly [field: string, direction: 'asc' | 'desc']
  /** At most 100. */
  limit: number
  /** Value of the ordering field and id of the last row of the page before. */
  after?: readonly [value: unknown, id: string]
}

export interface Snapshot<T> {
  data: T
  fromCache: boolean
}

type Stop = () => void
type Fields = Record<string, unknown>

export interface Backend {
  onAccount(listen: (account: Account | null) => void): Stop
  signInWithToken(token: string): Promise<void>
  signInWithPassword(email: string, password: string): Promise<void>
  signOut(): Promise<void>
  idToken(): Promise<string | null>
  watchDocument(path: string, next: (s: Snapshot<Fields | null>) => void, fail: (code: string) => void): Stop
  watchList(query: ListQuery, next: (s: Snapshot<Fields[]>) => void, fail: (code: string) => void): Stop
  readList(query: ListQuery): Promise<Fields[]>
  count(query: ListQuery): Promise<number>
}

/** Loads the configuration and the data layer side by side. Throws when either cannot be had. */
export async function startBackend(): Promise<Backend> {
  const [config, { openBackend }] = await Promise.all([loadConfig(), import('./firebase.ts')])
  return openBackend(config)
}

const TRIES = 5
const BETWEEN_TRIES_MS = 600

/** A server that starts again is back within seconds: worth waiting for. */
async function loadConfig(tries = TRIES): Promise<BackendConfig> {
  try {
    return await readConfig()
  } catch (error) {
    if (tries <= 1) throw error
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS))
    return loadConfig(tries - 1)
  }
}

async function readConfig(): Promise<BackendConfig> {
  const answer = await fetch('/config.json', { cache: 'no-store' })
  if (!answer.ok) throw new Error(`/config.json answered ${answer.status}`)
  const config: unknown = await answer.json()
  if (!isConfig(config)) throw new Error('/config.json lacks local or projectId')
  return config
}

function isConfig(value: unknown): value is BackendConfig {
  return typeof value === 'object' && value !== null && 'projectId' in value && 'local' in value
}
