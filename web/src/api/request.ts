import type { Backend } from '../backend.ts'
import { ProblemError, problemOf } from './problem.ts'

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  /** Bytes sent as they are instead of JSON. */
  bytes?: Blob
  /** One per intention: a repeated press of the same button after an error must not do the thing twice. */
  idempotencyKey?: string
  /** The version that the person saw: refused with 409 where another one is stored. */
  version?: number
  /** Past the browser's cache. */
  fresh?: boolean
  signal?: AbortSignal
}

/** Calls the API of the same origin. Throws ProblemError alone. */
export async function request<T>(backend: Backend, call: ApiRequest): Promise<T> {
  const { method = 'GET', path, body, bytes } = call
  const token = await backend.idToken()
  const headers = new Headers({ accept: 'application/json' })
  if (token) headers.set('authorization', `Bearer ${token}`)
  if (method === 'POST') headers.set('idempotency-key', call.idempotencyKey ?? crypto.randomUUID())
  if (call.version !== undefined) headers.set('if-match', `"${call.version}"`)
  if (bytes) headers.set('content-type', bytes.type)
  else if (body !== undefined) headers.set('content-type', 'application/json')

  const answer = await fetch(path, {
    method,
    headers,
    ...(call.fresh ? { cache: 'reload' as const } : {}),
    ...(bytes ? { body: bytes } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(call.signal ? { signal: call.signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ProblemError({ status: 0, title: 'unreachable' }, true)
  })
  if (!answer.ok) throw new ProblemError(await problemOf(answer))
  if (answer.status === 204) return undefined as T
  return (await answer.json()) as T
}
