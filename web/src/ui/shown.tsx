import type { ReactNode } from 'react'
import { useTexts } from '../i18n/language.tsx'
import type { Live } from '../live/use-watch.ts'
import { Empty } from './empty.tsx'
import { SkeletonRows } from './skeleton.tsx'

interface Props<T> {
  live: Live<T>
  /** Of the same shape as the data. */
  skeleton?: ReactNode
  /** Said only once the server has said that there is nothing. */
  isEmpty?: (data: T) => boolean
  empty?: ReactNode
  children: (data: T) => ReactNode
}

/** Four kinds of nothing, told apart: not loaded yet, not allowed, not reachable, and really none. */
export function Shown<T>({ live, skeleton, isEmpty, empty, children }: Props<T>) {
  const { states } = useTexts()
  if (live.state === 'denied') {
    return <Empty icon="lock" title={states.denied.title} hint={states.denied.hint} />
  }
  if (live.data === null) {
    if (live.state === 'offline') {
      return <Empty icon="offline" title={states.offline.title} hint={states.offline.hint} />
    }
    return (
      <div aria-busy="true">
        <span className="sr-only">{states.loading}</span>
        {skeleton ?? <SkeletonRows />}
      </div>
    )
  }
  if (isEmpty?.(live.data)) return empty
  return children(live.data)
}
