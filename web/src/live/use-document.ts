import type { Document, Kind } from '#domain/documents.ts'
import { useSession } from '../session/session.tsx'
import { type Live, useWatch } from './use-watch.ts'

/** What a live document is, once known: its fields, or `absent` when the server says that there is none. */
export type Found<T> = T | 'absent'

/** `path` below the organisation, such as `jobs/abc`; the organisation itself when empty; null watches nothing. */
export function useDocument<T>(path: string | null): Live<Found<T>> {
  const { backend, member } = useSession()
  const whole = path === null ? null : [`orgs/${member.org}`, path].filter(Boolean).join('/')
  return useWatch<Found<T>>(
    whole,
    (next, fail) =>
      backend.watchDocument(
        whole ?? '',
        ({ data, fromCache }) => next({ data: data === null ? 'absent' : trusted<T>(data), fromCache }),
        fail,
      ),
    (data) => data === 'absent',
  )
}

export const useEntityDocument = <K extends Kind>(kind: K, id: string | null): Live<Found<Document<K>>> =>
  useDocument<Document<K>>(id === null ? null : `${kind}/${id}`)

/** Clients cannot write: what Firestore holds was parsed by the domain's schema on its way in. */
export const trusted = <T>(fields: Record<string, unknown>): T => fields as T
