import type { MiddlewareHandler } from 'hono'
import { DomainError } from '#domain/errors.ts'
import type { IdempotencyRecord } from '#domain/machinery.ts'
import type { Clock } from '#functions/ports/index.ts'
import type { Store } from '#functions/ports/store.ts'
import { sha256 } from './hash.ts'
import type { HttpEnv } from './http.ts'
import { causeOf } from './session.ts'

const KEPT_HOURS = 72
/** A request that died while running frees its key after this. */
const RUNNING_MINUTES = 2

/**
 * A POST with an `Idempotency-Key` runs once per key: the second one gets the first one's answer (2xx and 4xx alike), 409 while the
 * first still runs, 422 when the body differs. Server faults and limits are not remembered: they are retried, and so is a request whose
 * function died; what they create has an id that follows from the key, so that it is created once.
 */
export function idempotency(ports: () => Promise<{ store: Store; clock: Clock }>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    if (c.req.method !== 'POST' || !key) return next()
    if (key.length > 255) throw new DomainError('invalid', 'The Idempotency-Key is longer than 255 characters')
    const { store, clock } = await ports()
    const caller = c.get('caller')
    const id = sha256(`${caller.actor.kind}:${caller.actor.id}:${key}`)
    const requestHash = sha256(`${c.req.path}\n${sha256(new Uint8Array(await c.req.arrayBuffer()))}`)

    const known = await store.transact(caller.org, causeOf(caller), async (tx) => {
      const record = await tx.get('idempotency', id)
      if (record && record.expiresAt > tx.now) return record
      const running: Omit<IdempotencyRecord, 'schemaVersion'> = {
        id,
        requestHash,
        state: 'running',
        status: null,
        body: null,
        expiresAt: new Date(clock.now().getTime() + RUNNING_MINUTES * 60_000).toISOString(),
      }
      tx.put('idempotency', running)
      return undefined
    })
    if (known) return replay(known, requestHash)

    // Whoever died after its commit and before this record said so is followed by the same request: it finds what was made.
    c.set('caller', { ...caller, requestKey: sha256(`${caller.org}\n${id}\n${requestHash}`) })
    await next()
    await store.transact(caller.org, causeOf(caller), async (tx) => {
      if (c.res.status >= 500 || c.res.status === 429) return tx.remove('idempotency', id)
      tx.put('idempotency', {
        id,
        requestHash,
        state: 'done',
        status: c.res.status,
        body: await c.res.clone().text(),
        expiresAt: new Date(clock.now().getTime() + KEPT_HOURS * 3_600_000).toISOString(),
      })
    })
    return undefined
  }
}

function replay(record: IdempotencyRecord, requestHash: string): Response {
  if (record.requestHash !== requestHash)
    throw new DomainError('unprocessable', 'This Idempotency-Key was used for another request', {
      remedy: 'Use a new key for a new request.',
    })
  if (record.state === 'running')
    throw new DomainError('conflict', 'The first request with this Idempotency-Key is still running', {
      remedy: 'Wait a moment and send it again.',
      retryAfterSeconds: 2,
    })
  const status = record.status ?? 200
  return new Response(record.body, {
    status,
    headers: {
      'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
      'idempotency-replayed': 'true',
    },
  })
}
