import { useCallback, useEffect, useState } from 'react'
import { useSession } from '../session/session.tsx'
import { ProblemError } from './problem.ts'
import { request } from './request.ts'

export interface Answer<T> {
  data: T | null
  problem: ProblemError | null
  reload: () => void
}

/**
 * What a GET of the API answers; for what the console does not follow live. A null path asks nothing. Another `revision` asks again, and
 * the old answer stays until the new one is there.
 */
export function useAnswer<T>(path: string | null, revision = 0): Answer<T> {
  const { backend } = useSession()
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState<{ path: string | null; data: T | null; problem: ProblemError | null }>({
    path,
    data: null,
    problem: null,
  })
  useEffect(() => {
    if (path === null) return
    const abort = new AbortController()
    request<T>(backend, { path, fresh: turn + revision > 0, signal: abort.signal })
      .then((data) => setHeld({ path, data, problem: null }))
      .catch((error: unknown) => {
        if (error instanceof ProblemError) setHeld((before) => ({ ...before, path, problem: error }))
      })
    return () => abort.abort()
  }, [backend, path, turn, revision])

  const reload = useCallback(() => setTurn((n) => n + 1), [])
  const current = held.path === path
  return { data: current ? held.data : null, problem: current ? held.problem : null, reload }
}
