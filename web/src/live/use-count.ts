import { useEffect, useState } from 'react'
import type { ListQuery } from '../backend.ts'
import { useSession } from '../session/session.tsx'
import { COUNT_LIMIT } from './count-limit.ts'

/** How many documents match, at most COUNT_LIMIT; null until the server has said. Asked again whenever `sign` changes. */
export function useCount(query: Omit<ListQuery, 'limit'>, sign: string | null): number | null {
  const { backend, member } = useSession()
  const [count, setCount] = useState<number | null>(null)
  const key = JSON.stringify({ ...query, path: `orgs/${member.org}/${query.path}`, limit: COUNT_LIMIT })

  useEffect(() => {
    if (sign === null) return
    let over = false
    const wanted: ListQuery = JSON.parse(key)
    backend.count(wanted).then(
      (n) => !over && setCount(n),
      () => !over && setCount(null),
    )
    return () => {
      over = true
    }
  }, [backend, key, sign])

  return count
}
