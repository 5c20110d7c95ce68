import type { Document } from '#domain/documents.ts'
import { isRef, type ReferredKind } from '#domain/ids.ts'
import { type Found, useEntityDocument } from './use-document.ts'
import { useList } from './use-list.ts'
import type { Live } from './use-watch.ts'

/** An entity by its id or by its ref (JOB-0001), as addresses may carry either. */
export function useByIdOrRef<K extends ReferredKind>(kind: K, idOrRef: string): Live<Found<Document<K>>> {
  const byRef = isRef(kind, idOrRef)
  const direct = useEntityDocument(kind, byRef ? null : idOrRef)
  const found = useList<Document<K>>(
    byRef ? { path: kind, where: [['ref', '==', idOrRef]], order: ['ref', 'asc'], limit: 1 } : null,
  )
  if (!byRef) return direct
  const { state, data } = found
  if (data === null) return { state, data }
  return { state, data: data[0] ?? (state === 'live' ? 'absent' : null) }
}
