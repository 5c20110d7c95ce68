import type { ListQuery } from '../backend.ts'
import { useSession } from '../session/session.tsx'
import { trusted } from './use-document.ts'
import { type Live, useWatch } from './use-watch.ts'

/** A live, bounded, ordered list below the organisation. A null query watches nothing. */
export function useList<T>(query: ListQuery | null): Live<T[]> {
  const { backend, member } = useSession()
  const whole = query && { ...query, path: `orgs/${member.org}/${query.path}` }
  return useWatch<T[]>(
    whole && JSON.stringify(whole),
    (next, fail) => {
      if (!whole) return () => {}
      return backend.watchList(
        whole,
        ({ data, fromCache }) =>
          next({
            data: data.map((fields) => trusted<T>(fields)),
            fromCache,
          }),
        fail,
      )
    },
    (data) => data.length === 0,
  )
}
