import { useCallback, useRef, useState } from 'react'
import type { Backend } from '../backend.ts'
import { useSession } from '../session/session.tsx'
import type { Call } from './call.ts'
import { ProblemError } from './problem.ts'
import { type ApiRequest, request } from './request.ts'

export interface ActionState<T> {
  state: 'idle' | 'busy' | 'done' | 'failed'
  result: T | null
  problem: ProblemError | null
}

/**
 * One thing that a person may ask the API for. While it runs it cannot be asked again; a repeat after a lost answer carries the
 * same Idempotency-Key, so the server does it once.
 */
export function useAction<A extends unknown[], T>(work: (call: Call, ...args: A) => Promise<T>) {
  const { backend } = useSession()
  const [now, setNow] = useState<ActionState<T>>({ state: 'idle', result: null, problem: null })
  const running = useRef(false)
  const keys = useRef(new Map<string, string>())

  const run = useCallback(
    async (...args: A): Promise<T | undefined> => {
      if (running.current) return undefined
      running.current = true
      setNow((before) => ({ ...before, state: 'busy', problem: null }))
      try {
        const result = await work(caller(backend, keys.current), ...args)
        setNow({ state: 'done', result, problem: null })
        return result
      } catch (error) {
        const problem =
          error instanceof ProblemError
            ? error
            : new ProblemError({ status: 0, title: 'unexpected', detail: String(error) })
        setNow({ state: 'failed', result: null, problem })
        return undefined
      } finally {
        running.current = false
      }
    },
    [backend, work],
  )
  const forget = useCallback(() => setNow({ state: 'idle', result: null, problem: null }), [])
  return { ...now, busy: now.state === 'busy', run, forget }
}

/** Keeps the key of a POST until it was answered. */
function caller(backend: Backend, keys: Map<string, string>): Call {
  return async <T>(call: ApiRequest): Promise<T> => {
    const intention = `${call.method ?? 'GET'} ${call.path} ${JSON.stringify(call.body ?? null)}`
    const idempotencyKey = keys.get(intention) ?? crypto.randomUUID()
    keys.set(intention, idempotencyKey)
    try {
      const result = await request<T>(backend, { idempotencyKey, ...call })
      keys.delete(intention)
      return result
    } catch (error) {
      if (error instanceof ProblemError && !error.unanswered && error.problem.status < 500) keys.delete(intention)
      throw error
    }
  }
}
