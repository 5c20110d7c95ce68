import { useState } from 'react'
import type { ListQuery } from '../backend.ts'
import { useSession } from '../session/session.tsx'
import { trusted } from './use-document.ts'
import { useList } from './use-list.ts'
import type { Live } from './use-watch.ts'

const PAGE = 50
/** The most that the rules let one listener hold. */
const MOST_LIVE = 100

interface Row {
  id: string
}

export interface Pages<T> {
  live: Live<T[]>
  hasMore: boolean
  busy: boolean
  /** The page that was asked for last did not come. */
  failed: boolean
  showMore: () => void
}

/** The newest rows live, older ones read page by page when asked for. Give the caller a `key` per filter, so that each begins anew. */
export function usePages<T extends Row>(query: Omit<ListQuery, 'limit' | 'after'>): Pages<T> {
  const { backend, member } = useSession()
  const [liveSize, setLiveSize] = useState(PAGE)
  const [older, setOlder] = useState<{ rows: T[]; ended: boolean }>({ rows: [], ended: false })
  const [reading, setReading] = useState<'idle' | 'busy' | 'failed'>('idle')
  const head = useList<T>({ ...query, limit: liveSize })

  const full = (head.data?.length ?? 0) >= liveSize
  const data = head.data && (older.rows.length > 0 ? together(head.data, older.rows) : head.data)

  const showMore = () => {
    if (liveSize < MOST_LIVE) return setLiveSize(MOST_LIVE)
    const last = data?.at(-1)
    if (!last) return
    setReading('busy')
    const value: unknown = last[query.order[0] as keyof T]
    backend
      .readList({ ...query, path: `orgs/${member.org}/${query.path}`, limit: PAGE + 1, after: [value, last.id] })
      .then(
        (page) => {
          setReading('idle')
          setOlder((before) => ({
            rows: [...before.rows, ...page.slice(0, PAGE).map((fields) => trusted<T>(fields))],
            ended: page.length <= PAGE,
          }))
        },
        () => setReading('failed'),
      )
  }

  return {
    live: { state: head.state, data },
    hasMore: full && !older.ended,
    busy: reading === 'busy',
    failed: reading === 'failed',
    showMore,
  }
}

/** A row that moved into the live part is shown once. */
function together<T extends Row>(head: readonly T[], older: readonly T[]): T[] {
  const known = new Set(head.map((row) => row.id))
  return [...head, ...older.filter((row) => !known.has(row.id))]
}
